package org.constellation.local.client.load;

import org.constellation.local.client.Network.Payment;

/**
 * A payment that is to be made once, however often it is sent.
 *
 * @param number what its sender calls it; no two of one delivery have the same
 * @param token of the payer
 * @param repeatKey under which the network knows it again
 */
public record PaymentOrder(int number, Payment payment, String token, String repeatKey) {}
