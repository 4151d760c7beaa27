"""What can be mended without judgement: one module for each kind of mend, none makes up content."""
