"""Decides what is said when a fleet as a whole cannot be kept: all but errors in its file."""

from cjm_sheets.words.mark import N_

SENTENCES = {
    "NoSuchShardError": N_(
        "There is no shard {shard}: the fleet file deals the pairs into {most}. Give another number"
        " or change shards in [fleet]."
    ),
    "NoSchedulerError": N_(
        "There is no {program} on this machine. Leave out --install, and take what is written to"
        " the machine that has it."
    ),
    "SchedulerRefusedError": N_("{program} did not take that up ({reason})."),
    "LocalCopyElsewhereError": N_(
        "Its shared copy is kept by one machine for itself, where the workers of a cluster do not"
        " see it. Run the fleet there without --engine dask, or share the map through Google."
    ),
    "NotSharedStateError": N_(
        "The worker {worker} does not see the state of the fleet in {folder}. Let all workers share"
        ' it over Redis: write redis = "NAME" in [fleet].'
    ),
    "NoRedisNamedError": N_(
        "{file} keeps the state of the fleet in Redis, but no server is named. Set"
        " CJM_SHEETS_REDIS, such as redis://:PASSWORD@HOST:6379/0."
    ),
    "NoRedisError": N_(
        "Redis at {server} cannot be used ({reason}). Check that it runs, and the address in"
        " CJM_SHEETS_REDIS; then run it again: nothing is lost."
    ),
    "NoClusterError": N_(
        "The Dask scheduler at {scheduler} cannot be used ({reason}). Start it and its workers, or"
        " run the fleet without --engine dask."
    ),
    "NoMailServerNamedError": N_(
        "No mail server is named. Set CJM_SHEETS_SMTP, such as smtp://USER:PASSWORD@HOST:587, and"
        " CJM_SHEETS_MAIL_FROM."
    ),
    "NoSenderError": N_(
        "CJM_SHEETS_MAIL_FROM has to be the e-mail address that digests come from. Nothing was"
        " sent."
    ),
    "NobodyToTellError": N_(
        '{file} names nobody to send a digest to. Write tell = ["NAME@HOST"] below [fleet] or'
        " [[pair]]."
    ),
    "MailServerError": N_(
        "The mail server {server} cannot be used ({reason}). Check CJM_SHEETS_SMTP; what was not"
        " sent is kept for the next try."
    ),
    "PlainPasswordError": N_(
        "The mail server {server} offers no encryption, and a password is not sent without. Name"
        " one with STARTTLS, or write smtps:// in CJM_SHEETS_SMTP."
    ),
    "NotDeliveredError": N_(
        "The digest for {address} was not taken ({reason}). It is kept for the next try."
    ),
}
