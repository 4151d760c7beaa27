"""Decides what is said when this machine lacks or refuses something."""

from cjm_sheets.words.mark import N_

SENTENCES = {
    "OwnFolderError": N_("{folder} cannot be used ({reason}). Check the folder and the disk."),
    "NotInstalledError": N_(
        'Packages are missing for this. They come with: pip install "cjm-sheets[{extra}]".'
    ),
    "CannotLogError": N_(
        "The log {file} cannot be written ({reason}). Name another file with --log."
    ),
    "OpenToOthersError": N_(
        "On {host} other machines could read along: give --tls-cert and --tls-key, or"
        " --behind-proxy https://NAME."
    ),
    "WithoutNameError": N_(
        "{host} names every network. Give the name under which people reach this machine."
    ),
    "BadProxyError": N_("{address} is no address of a proxy. Give one such as https://NAME."),
    "BadCertificateError": N_("The certificate {file} cannot be used ({reason})."),
    "CannotListenError": N_(
        "Nothing can be answered at {address} ({reason}). Name another port with --metrics-port."
    ),
    "UnforeseenError": N_(
        "Something went wrong that cjm-sheets did not foresee ({kind}, {place}). Please report it;"
        " nothing is lost."
    ),
}
