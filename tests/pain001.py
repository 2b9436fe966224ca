#!/usr/bin/env python3
"""Checks a pain.001.001.09 file against the rules of ISO 20022 that this program's files touch, with a parser of its own.

tests/pain001.py FILE SUM: exit 0 when FILE is well-formed, its elements stand in the schema's order, texts have their lengths,
IBANs and BICs their form, and the control sums are SUM (decimal) and the sum of the amounts."""
import re
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal

SPACE = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
# element: its children in the schema's order, '!' behind those that must be there
ORDER = {
    "Document": ["CstmrCdtTrfInitn!"],
    "CstmrCdtTrfInitn": ["GrpHdr!", "PmtInf!"],
    "GrpHdr": ["MsgId!", "CreDtTm!", "NbOfTxs!", "CtrlSum", "InitgPty!"],
    "PmtInf": ["PmtInfId!", "PmtMtd!", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt!", "Dbtr!", "DbtrAcct!",
               "DbtrAgt!", "ChrgBr", "CdtTrfTxInf!"],
    "PmtTpInf": ["SvcLvl"], "SvcLvl": ["Cd!"], "ReqdExctnDt": ["Dt!"],
    "CdtTrfTxInf": ["PmtId!", "Amt!", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
    "PmtId": ["InstrId", "EndToEndId!"], "Amt": ["InstdAmt!"], "RmtInf": ["Ustrd"],
    "InitgPty": ["Nm"], "Dbtr": ["Nm"], "Cdtr": ["Nm"],
    "DbtrAcct": ["Id!", "Ccy"], "CdtrAcct": ["Id!", "Ccy"],
    "DbtrAgt": ["FinInstnId!"], "CdtrAgt": ["FinInstnId!"],
    "FinInstnId": ["BICFI", "ClrSysMmbId", "Nm", "Othr"], "ClrSysMmbId": ["MmbId!"], "Othr": ["Id!"],
}
TEXT = {
    "MsgId": r".{1,35}", "PmtInfId": r".{1,35}", "InstrId": r".{1,35}", "EndToEndId": r".{1,35}", "Ustrd": r".{1,140}",
    "Nm": r".{1,140}", "NbOfTxs": r"[0-9]{1,15}", "PmtMtd": r"TRF|CHK|TRA", "BtchBookg": r"true|false", "Cd": r"[A-Z]{1,4}",
    "Dt": r"\d{4}-\d\d-\d\d", "CreDtTm": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", "ChrgBr": r"DEBT|CRED|SHAR|SLEV",
    "IBAN": r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}", "BICFI": r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?",
    "Ccy": r"[A-Z]{3}", "MmbId": r".{1,35}", "InstdAmt": r"\d{1,18}(\.\d{1,5})?", "CtrlSum": r"\d{1,18}(\.\d{1,17})?",
    "Id": r".{1,34}",
}


def local(element):
    if not element.tag.startswith(SPACE):
        raise ValueError(f"{element.tag} is of another namespace")
    return element.tag[len(SPACE):]


def check(element):
    name, names = local(element), [local(c) for c in element]
    if names:
        wanted = ORDER.get(name) or (["IBAN", "Othr"] if name == "Id" else None)
        if wanted is None:
            raise ValueError(f"{name} has children")
        order = [w.rstrip("!") for w in wanted]
        places = [order.index(n) for n in names]
        if places != sorted(places):
            raise ValueError(f"{name}: {names} are not in order")
        missing = [w for w in wanted if w.endswith("!") and w[:-1] not in names]
        if missing or name == "Id" and len(names) != 1:
            raise ValueError(f"{name}: {missing or names} wrong")
        repeated = [n for n in names if names.count(n) > 1 and n not in ("CdtTrfTxInf", "PmtInf")]
        if repeated or (element.text or "").strip():
            raise ValueError(f"{name}: {repeated} stand twice, or text among elements")
    elif not re.fullmatch(TEXT[name], element.text or ""):
        raise ValueError(f"{name}: {element.text!r}")
    for child in element:
        check(child)


def check_sepa(root):
    """The scheme's own limits (EPC132-08): BIC or Othr, IBANs, 70 letters of a name, two decimals."""
    for agent in root.iter(SPACE + "FinInstnId"):
        if [local(c) for c in agent] not in (["BICFI"], ["Othr"]):
            raise ValueError("SEPA: an agent is its BIC or Othr")
    for account in ("DbtrAcct", "CdtrAcct"):
        for e in root.iter(SPACE + account):
            if e.find(f"{SPACE}Id/{SPACE}IBAN") is None:
                raise ValueError("SEPA: an account is an IBAN")
    if any(len(e.text) > 70 for e in root.iter(SPACE + "Nm")):
        raise ValueError("SEPA: a name is too long")
    for e in root.iter(SPACE + "InstdAmt"):
        if e.get("Ccy") != "EUR" or not Decimal("0.01") <= Decimal(e.text) <= Decimal("999999999.99"):
            raise ValueError("SEPA: amount")


def main(path, total):
    root = ET.parse(path).getroot()
    if local(root) != "Document":
        raise ValueError("no Document")
    check(root)
    amounts = [Decimal(e.text) for e in root.iter(SPACE + "InstdAmt")]
    currencies = {e.get("Ccy") for e in root.iter(SPACE + "InstdAmt")}
    sums = {Decimal(e.text) for e in root.iter(SPACE + "CtrlSum")}
    counts = {int(e.text) for e in root.iter(SPACE + "NbOfTxs")}
    if sums != {sum(amounts)} or sums != {Decimal(total)} or counts != {len(amounts)} or len(currencies) != 1:
        raise ValueError(f"amounts sum to {sum(amounts)}, the file says {sums} of {counts} in {currencies}, wanted {total}")
    if any(e.text == "SEPA" for e in root.iter(SPACE + "Cd")):
        check_sepa(root)
    ids = [e.text for e in root.iter(SPACE + "EndToEndId")]
    if len(set(ids)) != len(ids):
        raise ValueError("an EndToEndId stands twice")


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2])
    except (ET.ParseError, ValueError, KeyError) as e:
        sys.exit(f"pain001: {e}")
