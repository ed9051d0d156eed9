package org.healthbeam.core.outcome;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash (HMAC-SHA-256, RFC 2104) of payloads and subject identifiers.
 *
 * <p>With a key of the user's ({@link #keyed}) nobody without the key can test a guess. Without one
 * ({@link #salted}) the place of the record is the salt: the same input gives the same bytes in
 * every run, tables made beforehand are useless, but somebody who holds the record can recognise
 * it.
 */
public final class PayloadHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PUBLIC_KEY = "healthbeam".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PSEUDONYM = "pseudonym\0".getBytes(StandardCharsets.UTF_8);
  private static final int HASH_BYTES = 16;

  private final byte[] key;
  private final boolean saltedByPlace;
  private transient Mac mac;

  private PayloadHash(byte[] key, boolean saltedByPlace) {
    this.key = key;
    this.saltedByPlace = saltedByPlace;
  }

  /** Returns a hash with the user's key, of at least 16 bytes. */
  public static PayloadHash keyed(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException(
          "key has " + key.length + " bytes; a keyed hash needs 16 or more");
    }
    return new PayloadHash(key.clone(), false);
  }

  /** Returns a hash without a secret, salted by the place of each record. */
  public static PayloadHash salted() {
    return new PayloadHash(PUBLIC_KEY, true);
  }

  /** Returns 32 hexadecimal digits for a payload that stood at this place. */
  public synchronized String hash(String source, String position, byte[] payload) {
    Mac hmac = mac();
    if (saltedByPlace) {
      hmac.update(source.getBytes(StandardCharsets.UTF_8));
      hmac.update((byte) 0);
      hmac.update(position.getBytes(StandardCharsets.UTF_8));
      hmac.update((byte) 0);
    }
    return HexFormat.of().formatHex(hmac.doFinal(payload), 0, HASH_BYTES);
  }

  /**
   * Returns the pseudonym of an identifier: the same one wherever the identifier occurs, and never
   * the hash of a payload that consists of the identifier.
   *
   * @throws IllegalStateException without a key of the user's: everybody could test guesses
   */
  public synchronized String pseudonym(String identifier) {
    if (saltedByPlace) {
      throw new IllegalStateException("A pseudonym needs a key; this hash has none");
    }
    Mac hmac = mac();
    hmac.update(PSEUDONYM);
    return HexFormat.of()
        .formatHex(hmac.doFinal(identifier.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
  }

  private Mac mac() {
    if (mac == null) {
      try {
        Mac made = Mac.getInstance(ALGORITHM);
        made.init(new SecretKeySpec(key, ALGORITHM));
        mac = made;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("The Java platform lacks " + ALGORITHM, e);
      }
    }
    return mac;
  }

  @Override
  public String toString() {
    return saltedByPlace ? "PayloadHash(salted)" : "PayloadHash(keyed)";
  }
}
