package org.constellation.simulation.broker;

import java.util.function.Predicate;
import org.constellation.protocol.Bytes;

/**
 * A record of a topic.
 *
 * @param number in the order of publishing
 * @param from the machine that published it
 * @param sees which machines get it at all: those who collude with a broker choose
 */
public record Published(
    long number, String from, String topic, Bytes key, Bytes value, Predicate<String> sees) {}
