"""A real mail server (aiosmtpd) for the tests: says its port, then each mail as a line of JSON. It ends with its standard input.

    smtp_server.py [CERTIFICATE KEY USER PASSWORD]    with a certificate: STARTTLS and signing in are asked for
"""
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Box:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": message["Subject"], "text": message.get_content(),
            "tls": session.ssl is not None, "user": session.auth_data.login.decode() if session.auth_data else None,
        }), flush=True)
        return "250 Taken"


def main():
    options = {}
    if len(sys.argv) > 1:
        certificate, key, user, password = sys.argv[1:]
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)

        def check(server, session, envelope, mechanism, data):
            good = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == (user, password)
            return AuthResult(success=good, auth_data=data if good else None)

        options = {"tls_context": context, "require_starttls": True, "authenticator": check, "auth_required": True}
    controller = Controller(Box(), hostname="127.0.0.1", port=0, **options)

    # The controller would ask its own port 0 whether it is there.
    controller._trigger_server = lambda: None
    controller.start()
    print(controller.server.sockets[0].getsockname()[1], flush=True)
    sys.stdin.read()
    controller.stop()


main()
