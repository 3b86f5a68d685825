"""How the cipher suites of SSL 3.0 to TLS 1.2 agree on a key and who signs for it (IANA "TLS Cipher Suites")."""


def _codes(ranges):
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


_EXCHANGES = {
    ("rsa", "rsa"): "0001-0002 0004-0005 0007 0009-000a 002f 0035 003b-003d 0041 0084 0096 009c-009d 00ba 00c0 "
    "c03c-c03d c050-c051 c07a-c07b c09c-c09d c0a0-c0a1",
    ("rsa-export", "rsa"): "0003 0006 0008",
    ("dh", "dh"): "000b-0010 0030-0031 0036-0037 003e-003f 0042-0043 0068-0069 0085-0086 0097-0098 00a0-00a1 "
    "00a4-00a5 00bb-00bc 00c1-00c2 c03e-c041 c054-c055 c058-c059 c07e-c07f c082-c083",
    ("dhe", "dss"): "0011-0013 0032 0038 0040 0044 006a 0087 0099 00a2-00a3 00bd 00c3 c042-c043 c056-c057 c080-c081",
    ("dhe", "rsa"): "0014-0016 0033 0039 0045 0067 006b 0088 009a 009e-009f 00be 00c4 c044-c045 c052-c053 c07c-c07d "
    "c09e-c09f c0a2-c0a3 ccaa",
    ("dhe", None): "0017-001b 0034 003a 0046 006c-006d 0089 009b 00a6-00a7 00bf 00c5 c046-c047 c05a-c05b c084-c085",
    ("ecdh", "ecdh"): "c001-c005 c00b-c00f c025-c026 c029-c02a c02d-c02e c031-c032 c04a-c04b c04e-c04f c05e-c05f "
    "c062-c063 c074-c075 c078-c079 c088-c089 c08c-c08d",
    ("ecdhe", "ecdsa"): "c006-c00a c023-c024 c02b-c02c c048-c049 c05c-c05d c072-c073 c086-c087 c0ac-c0af cca9",
    ("ecdhe", "rsa"): "c010-c014 c027-c028 c02f-c030 c04c-c04d c060-c061 c076-c077 c08a-c08b cca8",
    ("ecdhe", None): "c015-c019",
    ("psk", "psk"): "002c 008a-008d 00a8-00a9 00ae-00b1 c064-c065 c06a-c06b c08e-c08f c094-c095 c0a4-c0a5 c0a8-c0a9 "
    "ccab",
    ("dhe-psk", "psk"): "002d 008e-0091 00aa-00ab 00b2-00b5 c066-c067 c06c-c06d c090-c091 c096-c097 c0a6-c0a7 "
    "c0aa-c0ab ccad",
    ("ecdhe-psk", "psk"): "c033-c03b c070-c071 c09a-c09b ccac d001-d005",
    ("rsa-psk", "rsa"): "002e 0092-0095 00ac-00ad 00b6-00b9 c068-c069 c06e-c06f c092-c093 ccae",
}
_BY_CODE = {code: pair for pair, ranges in _EXCHANGES.items() for code in _codes(ranges)}
_CBC = set(
    _codes(
        "0006-0016 0019-001f 0021-0023 0025-0027 0029-002a 002f-003a 003c-0046 0067-006d 0084-0089 008b-008d "
        "008f-0091 0093-009b 00ae-00af 00b2-00b3 00b6-00b7 00ba-00c5 c003-c005 c008-c00a c00d-c00f c012-c014 "
        "c017-c02a c034-c038 c03c-c04f c064-c069 c070-c079 c094-c09b"
    )
)


def exchange(code):
    """"ecdhe", "dhe-psk", ...; other suites (GOST, Kerberos, SRP) answer as RSA does: without a ServerKeyExchange."""
    return _BY_CODE.get(code, ("rsa", "rsa"))[0]


def signer(code):
    """"rsa", "ecdsa", "dss", "dh", "ecdh", "psk"; None: anonymous."""
    return _BY_CODE.get(code, ("rsa", "rsa"))[1]


def is_cbc(code):
    return code in _CBC
