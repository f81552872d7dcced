package dev.steno.access;

import dev.steno.configuration.InvalidSettingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses that share their first bits, such as {@code 10.0.0.0/8}; a single address has all bits fixed. */
final class AddressRange {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /**
     * A literal address. {@link InetAddress} takes anything else, such as 999.1.1.1, for a name and asks DNS. Text that
     * starts like an IPv6 address and has a colon is never looked up.
     */
    private static final Pattern ADDRESS =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}|(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    private final byte[] address;
    private final int bits;

    private AddressRange(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** @param key the configuration key that an error names */
    static AddressRange configured(String key, String text) {
        String allowed = "a comma-separated list of addresses or networks, such as 10.0.0.0/8,::1";
        String[] parts = text.split("/", -1);
        byte[] address = parse(parts[0]).orElseThrow(() -> new InvalidSettingException(key, text, allowed));
        try {
            int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
            if (parts.length <= 2 && bits >= 0 && bits <= address.length * 8) {
                return new AddressRange(address, bits);
            }
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(key, text, allowed, e);
        }
        throw new InvalidSettingException(key, text, allowed);
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** @return the bytes of a literal address; nothing for any other text, names included */
    static Optional<byte[]> parse(String address) {
        if (address == null || !ADDRESS.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    static boolean isLoopback(String address) {
        try {
            return parse(address).isPresent() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
