"""Whom the exchanges of a trial may reach. The address is judged where the connection is made, and the connection goes to that address and not to the
name, which might mean another one a moment later.
"""

import socket

guard = None
"""What the request says of the network; None where anybody may be reached."""


class Refused(ConnectionError):
    """A connection that is not made."""


def set_up(network):
    """Once in each process, before its workload makes a task."""
    global guard
    guard = None if network is None else Guard(network)


class Guard:
    def __init__(self, network):
        from ipaddress import ip_address, ip_network

        self._read = ip_address
        self._only_listed = network["onlyListed"]
        self._names = [(target["name"], target.get("port")) for target in network["allowed"] if target.get("name")]
        self._listed = [(ip_network(target["range"]), target.get("port")) for target in network["allowed"] if target.get("range")]
        self._ranges = [(ip_network(item["range"]), item["what"], item["openToNames"]) for item in network["ranges"]]

    def refusal(self, host, port, text):
        """Why an address may not be connected to; None where it may."""
        address = self._read(text.partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if any(_is_port(only, port) and address in listed for listed, only in self._listed):
            return None
        named = any(_is_port(only, port) and _is_named(host, name) for name, only in self._names)
        for addresses, what, open_to_names in self._ranges:
            if address in addresses:
                if not named:
                    return f"it is {what}"
                return None if open_to_names else f"it is {what}, which has to be listed as an address, not by name"
        return None if named or not self._only_listed else "only the targets of the workspace's list may be reached, and it is not one of them"

    def permitted(self, host, port, found):
        """Of what ``getaddrinfo`` found, what may be connected to, at least one."""
        judged = [(item, self.refusal(host, port, item[4][0])) for item in found]
        allowed = [item for item, refusal in judged if refusal is None]
        if not allowed:
            text = judged[0][0][4][0]
            raise Refused(explain(host if host.strip("[]") == text else f"{host} ({text})", judged[0][1]))
        return allowed

    def connect(self, target, timeout, source_address=None):
        """As ``socket.create_connection``."""
        host, port = target
        problem = None
        for family, kind, protocol, _, address in self.permitted(host, port, socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
            made = socket.socket(family, kind, protocol)
            try:
                made.settimeout(timeout)
                made.connect(address)
                return made
            except OSError as error:
                made.close()
                problem = error
        raise problem

    async def addresses(self, host, port):
        """The same for an event loop: the addresses to try, as texts."""
        import asyncio

        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [item[4][0] for item in self.permitted(host, port, found)]

    def postgres(self, settings):
        """The settings of a connection that goes to addresses which were judged."""
        host, port = settings["host"], int(settings.get("port", 5432))
        if host.startswith("/"):
            if self.refusal("localhost", port, "127.0.0.1") is not None:
                raise Refused(explain("a Unix socket", "it is on the runner's own machine"))
            return settings
        addresses = [item[4][0] for item in self.permitted(host, port, socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))]
        return {**settings, "host": ",".join([host] * len(addresses)), "hostaddr": ",".join(addresses), "port": ",".join([str(port)] * len(addresses))}


def explain(target, refusal):
    return f"Connecting to {target} is refused: {refusal}. An admin can allow it in the workspace's settings, under Secrets and network."


def _is_port(only, port):
    return only is None or only == port


def _is_named(host, name):
    host = host.rstrip(".").lower()
    return len(host) > len(name) - 1 and host.endswith(name[1:]) if name.startswith("*.") else host == name
