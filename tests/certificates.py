"""Certificates for 127.0.0.1, made on the spot: an authority, and a server that it vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

_PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Files:
    """What a server and its clients need.

    Attributes:
        authority: certificate of the authority; clients trust it.
        chain: the server's certificate, then the authority's.
        key: the server's key.
        key_and_chain: both in one file.
        fingerprint: SHA-256 of the server's certificate.
        authority_fingerprint: SHA-256 of the authority's.
    """

    authority: Path
    chain: Path
    key: Path
    key_and_chain: Path
    fingerprint: str
    authority_fingerprint: str


def issue(folder: Path) -> Files:
    """Make an authority and the certificate of a server, and write their files into a folder."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _certificate("gongkai tests", authority_key, None, authority_key)
    key = ec.generate_private_key(ec.SECP256R1())
    server = _certificate("127.0.0.1", key, authority, authority_key)
    secret = key.private_bytes(
        _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = server.public_bytes(_PEM) + authority.public_bytes(_PEM)
    files = Files(
        authority=folder / "ca.pem",
        chain=folder / "server.pem",
        key=folder / "server.key",
        key_and_chain=folder / "both.pem",
        fingerprint=server.fingerprint(hashes.SHA256()).hex(),
        authority_fingerprint=authority.fingerprint(hashes.SHA256()).hex(),
    )
    files.authority.write_bytes(authority.public_bytes(_PEM))
    files.chain.write_bytes(chain)
    files.key.write_bytes(secret)
    files.key_and_chain.write_bytes(secret + chain)
    return files


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    """Return a certificate; without an issuer, that of an authority."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(_usage(signs_certificates=issuer is None), critical=True)
    )
    if issuer is not None:
        address = x509.IPAddress(ip_address(name))
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """Return what a key is for; Python 3.13 wants to be told."""
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
