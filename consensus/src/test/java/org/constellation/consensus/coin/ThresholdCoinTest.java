package org.constellation.consensus.coin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bouncycastle.math.ec.ECPoint;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.Test;

/** The vectors come from an independent implementation in Python; the first one from RFC 9380. */
class ThresholdCoinTest {

  private static final List<String> SECRETS =
      List.of(
          "eebae31372f8e3524dd07a7e14160989072ae472a54aef3030fee8867aa7d364",
          "15f473e85a05c4b81e082c324a44af8aa541c4fb542495c8e02d22914a55c4c0",
          "3d2e04bc4112a61eee3fdde68073558c003fa031aa15dae68315275f1666db6d",
          "64679590281f8785be778f9ab6a1fb8d5b3d7b680007200425fd2c2ce277f21a");
  private static final List<String> PUBLIC_SHARES =
      List.of(
          "031ce93b76720d9e024e5d26a6232eaab1c1fdab0d4894cc388b709e3223d2e0f8",
          "0317d5051d66779c72dd4aefde969cb1a241cbf47289efda2d36334161d18e518b",
          "03ea43ae6d78cf429058cf4f98625eace5f3f7eb019bc1f7de7d2437647bd02b97",
          "020b04f76461770f32c01ee5c240cd32513f802915383bd766fc7ef6ba0820b0bd");
  private static final CoinName NAME =
      CoinName.of(bytes("636861696e2d310000000000000007000000000000002a000300000002"));
  private static final String OUTCOME =
      "89949fda385b9ea22154513ab132ee5e192c569d7c7432dbcb15071630756916";
  private static final int SHARES_NEEDED = 2;

  @Test
  void hashesToTheCurveAsTheStandardSays() {
    var point = P256.hashToCurve(new byte[0], "QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_");
    assertThat(hex(point.getAffineXCoord().getEncoded()))
        .isEqualTo("2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4");
    assertThat(hex(point.getAffineYCoord().getEncoded()))
        .isEqualTo("8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415");
  }

  @Test
  void findsTheNamesPointAndTheShares() {
    assertThat(hex(P256.encode(toss(0).point())))
        .isEqualTo("02886bf0565c64ba91d4b27386eee16467b8d0b365e6d364e1f43db461d8758b56");
    assertThat(share(0).point())
        .hasToString("02e430ced12bae0147e2a0a6dca73bcd761b473a835e64ee4536f4a0a7c40ab9ec");
    assertThat(share(1).point())
        .hasToString("035dd3cc6bd6d89097d7c04530a76c23ce6db1493015070c2360141561fcb5b3d7");
  }

  @Test
  void provesEqualLogsAsTheReferenceDoes() {
    // The reference draws its nonce as a hash to a scalar of the label "w" + name and the index.
    var name = NAME.toBytes();
    var label = new byte[name.length + 1];
    label[0] = 'w';
    System.arraycopy(name, 0, label, 1, name.length);
    var one = bytes("00000001");
    var nonce = P256.hashToScalar("TEST-ONLY-DRBG", label, one);
    var context = bytes(hex(name) + "00000001");
    var secret = new BigInteger(SECRETS.getFirst(), 16);
    var publicShare = P256.decode(bytes(PUBLIC_SHARES.getFirst()));
    var proof = EqualLogs.prove(context, secret, publicShare, point(), nonce);
    assertThat(proof.challenge().toString(16))
        .isEqualTo("6a23e770d6bfda9b162d97e08961e1b34cf2afb560e5412236dc2185a7387eb9");
    assertThat(proof.response().toString(16))
        .isEqualTo("e76bc122da26392dd985c8c4b0e39fc88a1b088be7f78a3497784a42cd7dd87e");
  }

  @Test
  void tossesTheSameWithAnyShares() {
    for (var first = 0; first < 4; first++) {
      for (var second = first + 1; second < 4; second++) {
        assertThat(combine(first, second)).isEqualTo(Hash.fromHex(OUTCOME));
      }
    }
  }

  @Test
  void aSharesBytesAreAlwaysTheSame() {
    assertThat(toss(2).share()).isEqualTo(toss(2).share());
  }

  @Test
  void acceptsWhatMembersSend() {
    for (var member = 0; member < 4; member++) {
      var share = toss(member).share();
      assertThat(share.length()).isEqualTo(97);
      assertThat(toss(0).isValid(new MemberIndex(member), share)).isTrue();
    }
  }

  @Test
  void rejectsAShareOfAnotherMemberOrName() {
    var other = new CoinScope("n", 0, 0, Hash.ZERO, 0, 7).name(0, 2);
    var share = toss(1).share();
    assertThat(toss(0).isValid(new MemberIndex(2), share)).isFalse();
    assertThat(coin(0).toss(other).isValid(new MemberIndex(1), share)).isFalse();
  }

  @Test
  void rejectsAShareWithAnyByteAltered() {
    var bytes = toss(1).share().toBytes();
    for (var i = 0; i < bytes.length; i++) {
      var altered = bytes.clone();
      altered[i] ^= 1;
      assertThat(toss(0).isValid(new MemberIndex(1), VoteValue.of(altered))).isFalse();
    }
  }

  @Test
  void rejectsInfinityAndWhatIsNotOnTheCurveOrNotReduced() {
    var proof = hex(toss(1).share().toBytes()).substring(66);
    var fieldPrime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    var order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    var infinity = "00".repeat(33);
    var five = "0".repeat(63) + "5";
    assertRejected(infinity + proof);
    assertRejected("00" + proof);
    assertRejected("02" + "f".repeat(64) + proof);
    assertRejected("02" + fieldPrime + proof); // x = 0 is on the curve, but not written like this
    assertRejected("02" + "0".repeat(63) + "1" + proof); // x = 1 is not on the curve
    assertRejected("05" + five + proof);
    var share = hex(toss(1).share().toBytes());
    assertRejected(share.substring(0, 66) + order + share.substring(130));
    assertRejected(share.substring(0, 130) + order);
    assertRejected(share + "00");
    assertRejected("");
  }

  @Test
  void anOldAndANewShareDoNotMix() {
    // The refreshed secret of member 1 belongs to another polynomial with the same value at 0.
    var refreshed =
        SecretShare.of(bytes("963249d768c26d396dfe99ccbf775a3966cfe1d9ec58493621df022160b6c9ad"));
    assertThatThrownBy(() -> new ThresholdCoin(keys(), new MemberIndex(0), refreshed))
        .isInstanceOf(IllegalArgumentException.class);
    var entries = new ArrayList<>(keys().byMember());
    entries.set(0, new KeySet.Entry(1, refreshed.publicShare()));
    var mixed = new KeySet(Hash.ZERO, SHARES_NEEDED, entries);
    var toss = new ThresholdCoin(mixed, new MemberIndex(0), refreshed).toss(NAME);
    var shares = new TreeMap<MemberIndex, VoteValue>();
    shares.put(new MemberIndex(0), toss.share());
    shares.put(new MemberIndex(1), toss(1).share());
    assertThat(toss.combine(shares)).isNotEqualTo(Hash.fromHex(OUTCOME));
  }

  @Test
  void dealtKeysTossOneCoinWhicheverMembersShare() {
    var roster = new Roster(7);
    var dealt = DealtKeys.deal(roster, new SplittableRandom(1));
    assertThat(dealt.keySet().sharesNeeded()).isEqualTo(3);
    var outcomes = new ArrayList<Hash>();
    for (var start = 0; start < 5; start++) {
      var shares = new TreeMap<MemberIndex, VoteValue>();
      for (var member = start; member < start + 3; member++) {
        var index = new MemberIndex(member);
        var toss = new ThresholdCoin(dealt.keySet(), index, dealt.secrets().get(member)).toss(NAME);
        shares.put(index, toss.share());
      }
      var coin = new ThresholdCoin(dealt.keySet(), new MemberIndex(0), dealt.secrets().getFirst());
      outcomes.add(coin.toss(NAME).combine(shares));
    }
    assertThat(outcomes).containsOnly(outcomes.getFirst());
  }

  @Test
  void aCommitteeThatShrankTossesWithTheIndicesOfOld() {
    var entries = List.of(keys().of(new MemberIndex(1)), keys().of(new MemberIndex(3)));
    var carried = new KeySet(keys().id(), SHARES_NEEDED, entries);
    var shares = new TreeMap<MemberIndex, VoteValue>();
    for (var place = 0; place < 2; place++) {
      var secret = SecretShare.of(bytes(SECRETS.get(2 * place + 1)));
      var index = new MemberIndex(place);
      shares.put(index, new ThresholdCoin(carried, index, secret).toss(NAME).share());
    }
    assertThat(toss(0).sharesNeeded()).isEqualTo(2);
    var secret = SecretShare.of(bytes(SECRETS.get(1)));
    var toss = new ThresholdCoin(carried, new MemberIndex(0), secret).toss(NAME);
    assertThat(toss.combine(shares)).isEqualTo(Hash.fromHex(OUTCOME));
  }

  @Test
  void aSecretIsNotPrinted() {
    assertThat(SecretShare.of(bytes(SECRETS.getFirst()))).hasToString("SecretShare");
  }

  @Test
  void everyPartOfAScopeMakesAnotherName() {
    var names =
        List.of(
            new CoinScope("a", 0, 0, Hash.ZERO, 0, 0).name(0, 0),
            new CoinScope("b", 0, 0, Hash.ZERO, 0, 0).name(0, 0),
            new CoinScope("a", 1, 0, Hash.ZERO, 0, 0).name(0, 0),
            new CoinScope("a", 0, 1, Hash.ZERO, 0, 0).name(0, 0),
            new CoinScope("a", 0, 0, Hash.fromHex(OUTCOME), 0, 0).name(0, 0),
            new CoinScope("a", 0, 0, Hash.ZERO, 1, 0).name(0, 0),
            new CoinScope("a", 0, 0, Hash.ZERO, 0, 1).name(0, 0),
            new CoinScope("a", 0, 0, Hash.ZERO, 0, 0).name(1, 0),
            new CoinScope("a", 0, 0, Hash.ZERO, 0, 0).name(0, 1));
    assertThat(names).doesNotHaveDuplicates();
  }

  private static void assertRejected(String share) {
    // The proof would fail as well, so decoding is looked at by itself.
    assertThat(CoinShare.decode(VoteValue.of(bytes(share)))).isEmpty();
    assertThat(toss(0).isValid(new MemberIndex(1), VoteValue.of(bytes(share)))).isFalse();
  }

  private static Hash combine(int... members) {
    var shares = new TreeMap<MemberIndex, VoteValue>();
    for (var member : members) {
      shares.put(new MemberIndex(member), toss(member).share());
    }
    return toss(0).combine(shares);
  }

  private static CoinShare share(int member) {
    return CoinShare.decode(toss(member).share()).orElseThrow();
  }

  private static ECPoint point() {
    return toss(0).point();
  }

  private static ThresholdToss toss(int member) {
    return (ThresholdToss) coin(member).toss(NAME);
  }

  private static ThresholdCoin coin(int member) {
    var secret = SecretShare.of(bytes(SECRETS.get(member)));
    return new ThresholdCoin(keys(), new MemberIndex(member), secret);
  }

  private static KeySet keys() {
    var entries = new ArrayList<KeySet.Entry>();
    for (var share : PUBLIC_SHARES) {
      var point = P256Point.decode(bytes(share)).orElseThrow();
      entries.add(new KeySet.Entry(entries.size() + 1, point));
    }
    return new KeySet(Hash.ZERO, SHARES_NEEDED, entries);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
