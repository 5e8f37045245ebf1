package io.risefall.ingest.network;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The networks that may send, in CIDR form, as {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or single addresses. None
 * means everybody.
 *
 * @param networks as they were written
 * @param rules the same, parsed
 */
public record AllowedSenders(List<String> networks, List<IpSubnetFilterRule> rules) {
    private static final int BITS_V4 = 32;
    private static final int BITS_V6 = 128;

    /** No restriction. */
    public static final AllowedSenders EVERYBODY = of(List.of());

    public AllowedSenders {
        networks = List.copyOf(networks);
        rules = List.copyOf(rules);
    }

    /**
     * Only these.
     *
     * @throws IllegalArgumentException for anything but a network or an address; a host name is neither
     */
    public static AllowedSenders of(List<String> networks) {
        return new AllowedSenders(
                networks, networks.stream().map(AllowedSenders::rule).toList());
    }

    private static IpSubnetFilterRule rule(String network) {
        int slash = network.indexOf('/');
        String address = slash < 0 ? network : network.substring(0, slash);
        boolean v4 = NetUtil.isValidIpV4Address(address);
        int bits = v4 ? BITS_V4 : BITS_V6;
        int prefix = slash < 0 ? bits : number(network.substring(slash + 1));
        if (!v4 && !NetUtil.isValidIpV6Address(address) || prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("invalid network '" + network
                    + "': expected an address or a network, such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7");
        }
        return new IpSubnetFilterRule(
                NetUtil.createInetAddressFromIpAddressString(address), prefix, IpFilterRuleType.ACCEPT);
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
    }

    /** Whether {@code peer} may send. */
    public boolean allows(InetSocketAddress peer) {
        return rules.isEmpty() || rules.stream().anyMatch(rule -> rule.matches(peer));
    }

    @Override
    public String toString() {
        return networks.isEmpty() ? "everybody" : String.join(", ", networks);
    }
}
