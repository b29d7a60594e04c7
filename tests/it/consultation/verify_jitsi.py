"""Judges a token as a Jitsi server does, with PyJWT: an implementation that shares nothing with ours.

Reads {"token", "secret", "app_id", "subject", "room"} and answers {"accepted": claims, "refused": {mistake: why}},
where each mistake is made in a token that is right otherwise.
"""

import json
import sys
import time

import jwt

given = json.load(sys.stdin)
SECRET = given["secret"]


def judge(token):
    header = jwt.get_unverified_header(token)
    if header.get("typ") != "JWT":
        raise jwt.InvalidTokenError("typ is not JWT")
    claims = jwt.decode(
        token,
        SECRET,
        algorithms=["HS256"],
        issuer=given["app_id"],
        audience="jitsi",
        options={"require": ["iss", "aud", "sub", "room", "nbf", "exp", "context"]},
    )
    # Prosody's module is stricter than PyJWT.
    if not isinstance(claims["aud"], str):
        raise jwt.InvalidAudienceError("aud is not a text")
    if not isinstance(claims["exp"], int) or not isinstance(claims["nbf"], int):
        raise jwt.InvalidTokenError("exp and nbf are not numbers")
    if claims["sub"] != given["subject"]:
        raise jwt.InvalidTokenError("another tenant")
    if claims["room"] != given["room"] or claims["room"] != claims["room"].lower():
        raise jwt.InvalidTokenError("another room")
    return claims


good = judge(given["token"])
now = int(time.time())


def forged(secret=SECRET, algorithm="HS256", header=None, **changes):
    return jwt.encode({**good, **changes}, secret, algorithm=algorithm, headers=header)


mistakes = {
    "wrong key": forged(secret=SECRET[::-1]),
    "expired": forged(exp=now - 60),
    "future nbf": forged(nbf=now + 600),
    "none": forged(secret=None, algorithm="none"),
    "no typ": forged(header={"typ": ""}),
    "wrong issuer": forged(iss="somebody"),
    "array audience": forged(aud=["jitsi"]),
    "string exp": forged(exp=str(good["exp"])),
    "wrong room": forged(room="0" * 32),
    "other tenant": forged(sub="rivale"),
}
refused = {}
for mistake, token in mistakes.items():
    try:
        judge(token)
    except jwt.PyJWTError as error:
        refused[mistake] = str(error)
json.dump({"accepted": good, "header": jwt.get_unverified_header(given["token"]), "refused": refused}, sys.stdout)
