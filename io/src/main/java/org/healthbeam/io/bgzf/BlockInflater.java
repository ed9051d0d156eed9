package org.healthbeam.io.bgzf;

/**
 * Inflates the data of one block at a time (RFC 1951). One object serves one thread and is reused.
 */
public interface BlockInflater extends AutoCloseable {

  /**
   * Inflates a stream that must fill its place exactly.
   *
   * @return whether the stream used all its input, ended, and gave {@code size} bytes
   */
  boolean inflate(byte[] from, int at, int length, byte[] to, int size);

  @Override
  void close();

  /**
   * The JVM's property that, set to true, keeps native libraries out: {@code
   * -Dhealthbeam.javaInflater=true}.
   */
  String JAVA_ONLY = "healthbeam.javaInflater";

  /** Returns the fastest that this machine has; all judge the same blocks to be damaged. */
  static BlockInflater fastest() {
    return NativeInflater.isHere() ? new NativeInflater() : ofPlatform();
  }

  /** Returns one that the Java platform has. */
  static BlockInflater ofPlatform() {
    return new PlatformInflater();
  }
}
