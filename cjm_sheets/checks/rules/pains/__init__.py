"""Whether pains can be ranked and are taken up."""
