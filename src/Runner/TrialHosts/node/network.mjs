/**
 * Whom the exchanges of a trial may reach. The address is judged where the connection is made, and the connection goes to that address and not to the name, which might mean another one a
 * moment later.
 */

import dns from 'node:dns';
import net from 'node:net';

let guard = null;

/** Once in each thread and process, before its workload makes a task; without a network in the request anybody may be reached. */
export function setUpNetwork(network) {
  guard = network ? new Guard(network) : null;
}

/** Throws where the address is written out and refused: for such no name is looked up. */
export function checkHost(url) {
  if (guard) {
    const host = hostOf(url);
    if (net.isIP(host)) {
      guard.permitted(host, portOf(url), [host]);
    }
  }
}

/** The option with which a request looks names up. */
export function checkedLookup(url) {
  return guard ? { lookup: (name, options, callback) => guard.lookup(name, portOf(url), options, callback) } : {};
}

export class Guard {
  #onlyListed;
  #names;
  #listed;
  #ranges;

  constructor({ onlyListed, allowed, ranges }) {
    this.#onlyListed = onlyListed;
    this.#names = allowed.filter(({ name }) => name);
    this.#listed = allowed.filter(({ range }) => range).map(({ range, port }) => ({ addresses: rangeOf(range), port }));
    this.#ranges = ranges.map(({ range, what, openToNames }) => ({ addresses: rangeOf(range), what, openToNames }));
  }

  /** Of some addresses those that may be connected to, at least one. */
  permitted(host, port, addresses) {
    const judged = addresses.map((address) => ({ address, refusal: this.refusal(host, port, address) }));
    const allowed = judged.filter(({ refusal }) => refusal === null).map(({ address }) => address);
    if (allowed.length === 0) {
      const [{ address, refusal }] = judged;
      const target = host === address ? host : `${host} (${address})`;
      throw Object.assign(
        new Error(`Connecting to ${target} is refused: ${refusal}. An admin can allow it in the workspace's settings, under Secrets and network.`), { code: 'Refused' });
    }
    return allowed;
  }

  lookup(name, port, options, callback) {
    dns.lookup(name, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error);
        return;
      }
      let allowed;
      try {
        const permitted = this.permitted(name, port, found.map(({ address }) => address));
        allowed = found.filter(({ address }) => permitted.includes(address));
      } catch (refused) {
        callback(refused);
        return;
      }
      if (options.all) {
        callback(null, allowed);
      } else {
        callback(null, allowed[0].address, allowed[0].family);
      }
    });
  }

  /** Why an address may not be connected to; null where it may. */
  refusal(host, port, address) {
    if (this.#listed.some((target) => isPort(target, port) && isWithin(target.addresses, address))) {
      return null;
    }
    const name = host.toLowerCase().replace(/\.+$/, '');
    const isNamed = this.#names.some((target) => isPort(target, port) && names(target.name, name));
    const range = this.#ranges.find(({ addresses }) => isWithin(addresses, address));
    if (!range) {
      return isNamed || !this.#onlyListed ? null : "only the targets of the workspace's list may be reached, and it is not one of them";
    }
    return !isNamed ? `it is ${range.what}` : range.openToNames ? null : `it is ${range.what}, which has to be listed as an address, not by name`;
  }
}

/** An IPv4 address within an IPv6 one is an IPv4 address. */
function isWithin({ family, list }, address) {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? mappedInHex(address);
  const plain = (mapped ?? address).split('%')[0];
  return family === `ipv${net.isIP(plain)}` && list.check(plain, family);
}

function mappedInHex(address) {
  const parts = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (!parts) {
    return undefined;
  }
  const [high, low] = [parseInt(parts[1], 16), parseInt(parts[2], 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function rangeOf(text) {
  const [address, length] = text.split('/');
  const family = `ipv${net.isIP(address)}`;
  const list = new net.BlockList();
  list.addSubnet(address, Number(length), family);
  return { family, list };
}

function isPort(target, port) {
  return target.port === undefined || target.port === null || target.port === port;
}

function names(entry, name) {
  return entry.startsWith('*.') ? name.length > entry.length - 1 && name.endsWith(entry.slice(1)) : name === entry;
}

function hostOf(url) {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf(url) {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
}
