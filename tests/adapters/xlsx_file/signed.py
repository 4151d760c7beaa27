"""Signs a workbook as programs do: an origin, a signature, and what says what they are."""

from pathlib import Path

from tests.adapters.xlsx_file.packages import changed, parts

_SPACE = "http://schemas.openxmlformats.org/package/2006"
_KIND = f"{_SPACE}/relationships/digital-signature"
_TYPE = "application/vnd.openxmlformats-package.digital-signature"
ORIGIN, SIGNATURE = "_xmlsignatures/origin.sigs", "_xmlsignatures/sig1.xml"
_LINKS = "_xmlsignatures/_rels/origin.sigs.rels"
PARTS = (ORIGIN, SIGNATURE, _LINKS)


def sign(path: Path) -> Path:
    """Let a workbook bear a signature."""
    there = parts(path)
    link = f'<Relationship Id="rIdSig" Type="{_KIND}/origin" Target="{ORIGIN}"/></Relationships>'
    kinds = (
        f'<Default Extension="sigs" ContentType="{_TYPE}-origin"/>'
        f'<Override PartName="/{SIGNATURE}" ContentType="{_TYPE}-xmlsignature+xml"/></Types>'
    )
    links = (
        f'<Relationships xmlns="{_SPACE}/relationships"><Relationship Id="rId1"'
        f' Type="{_KIND}/signature" Target="sig1.xml"/></Relationships>'
    )
    seal = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/>'
        "<SignatureValue>AAAA</SignatureValue></Signature>"
    )
    return changed(
        path,
        **{
            ORIGIN: b"",
            SIGNATURE: seal.encode(),
            _LINKS: links.encode(),
            "_rels/.rels": there["_rels/.rels"].replace(b"</Relationships>", link.encode()),
            "[Content_Types].xml": there["[Content_Types].xml"].replace(
                b"</Types>", kinds.encode()
            ),
        },
    )
