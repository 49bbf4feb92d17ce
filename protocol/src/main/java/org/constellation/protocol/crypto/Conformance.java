package org.constellation.protocol.crypto;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What every provider must answer, under the acceptance rule: the twelve cases of
 * novifinancial/ed25519-speccheck (the published edge cases on which libraries differ), test
 * vectors of RFC 8032 §7.1, and altered forms of one of them. Being in the code and not in a file,
 * the table cannot get lost in packaging.
 */
final class Conformance {

  /** One line each: verdict, public key, message, signature (hexadecimal), and what it is. */
  private static final String TABLE =
      """
      reject | c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa | 8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6 | c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000 | speccheck 0: S zero, A and R of small order
      reject | c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa | 9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79 | f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04 | speccheck 1: A of small order
      reject | f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43 | aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab | c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e | speccheck 2: R of small order
      accept | cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d | 9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79 | 9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009 | speccheck 3: A and R of mixed order
      reject | cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d | e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c | 160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09 | speccheck 4: valid only with cofactor
      reject | cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d | e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c | 21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405 | speccheck 5: valid only with cofactor, not reduced
      reject | 442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623 | 85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40 | e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514 | speccheck 6: S above L
      reject | 442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623 | 85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40 | 8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa19427e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22 | speccheck 7: S far above L
      reject | f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43 | 9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41 | ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff03be9678ac102edcd92b0210bb34d7428d12ffc5df5f37e359941266a4e35f0f | speccheck 8: R not canonical
      reject | f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43 | 9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41 | ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908 | speccheck 9: R not canonical, hashed as it is
      reject | ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff | e96b7021eb39c1a163b6da4e3093dcd3f21387da4cc4572be588fafae23c155b | a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04 | speccheck 10: A not canonical
      reject | ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff | 39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f | a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04 | speccheck 11: A not canonical, hashed as it is
      accept | d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a |  | e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b | RFC 8032 test 1 (empty message)
      accept | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | RFC 8032 test 2
      accept | fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025 | af82 | 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a | RFC 8032 test 3
      accept | ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf | ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f | dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704 | RFC 8032 test SHA(abc)
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69daf52db7415978abc61b2c2eb6aeebfca0387b2eaeb4302aeeb00d291612bb0c10 | S increased by L
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | 93a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | R altered
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb695a085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | R negated
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da095ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | S altered
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 73 | 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | message altered
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4668c | 72 | 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | A negated
      reject | 0200000000000000000000000000000000000000000000000000000000000000 | 72 | 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | A not on the curve
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | 0200000000000000000000000000000000000000000000000000000000000000085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | R not on the curve
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | 00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 | all zero
      reject | 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff | all ones
      """;

  /** A signature and the verdict that the network gives on it. */
  record Case(boolean acceptable, PublicKey key, String message, Signature signature, String name) {

    static Case parse(String line) {
      var fields = line.split("\\|", -1);
      return new Case(
          fields[0].strip().equals("accept"),
          PublicKey.fromHex(fields[1].strip()),
          fields[2].strip(),
          Signature.fromHex(fields[3].strip()),
          fields[4].strip());
    }

    boolean isJudgedRightlyBy(SignatureVerifier verifier) {
      return verifier.verify(key, HexFormat.of().parseHex(message), signature) == acceptable;
    }
  }

  private Conformance() {}

  /** The whole table. */
  static List<Case> cases() {
    return TABLE.lines().map(Case::parse).toList();
  }

  /** Names of the cases on which {@code verifier} differs from the table. */
  static List<String> differences(SignatureVerifier verifier) {
    var differing = new ArrayList<String>();
    for (var expected : cases()) {
      if (!expected.isJudgedRightlyBy(verifier)) {
        differing.add(expected.name());
      }
    }
    return differing;
  }
}
