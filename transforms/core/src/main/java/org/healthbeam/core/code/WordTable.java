package org.healthbeam.core.code;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of displays and comments, each once: texts are kept as the numbers of their words, the
 * frequent words under small numbers. A text is the words with one space between, so that every
 * text comes back as it was. Word 0 stands for one that is not in the table and follows in full.
 */
final class WordTable {
  /** How many distinct words are counted at most; further ones are written in full. */
  private static final int MAX_COUNTED = 2_000_000;

  /**
   * Longer words are written in full, in bytes. So the text that a number of bytes stands for is
   * not longer than this and a space for each of them, in files that others have made, too.
   */
  static final int MAX_WORD = 128;

  /** Longer texts are refused by {@link MapCompiler}. */
  static final int MAX_TEXT = 1 << 26;

  /** So many of the most frequent words, and bytes of them, are kept on the heap. */
  private static final int FREQUENT = 1 << 14;

  private static final int FREQUENT_BYTES = 1 << 18;

  /** Bytes are copied eight at a time, and so up to seven too many. */
  private static final int SLACK = 8;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer offsets;
  private final ByteBuffer words;
  private final Map<String, Integer> numbers;
  private final int[] frequentOffsets;
  private final byte[] frequentWords;

  private WordTable(ByteBuffer offsets, ByteBuffer words, Map<String, Integer> numbers) {
    this.offsets = offsets;
    this.words = words;
    this.numbers = numbers;
    int n = frequent();
    frequentOffsets = new int[n + 1];
    for (int i = 0; i < n; i++) {
      frequentOffsets[i + 1] = offsets.getInt((i + 1) * 4);
    }
    frequentWords = new byte[frequentOffsets[n] + SLACK];
    words.get(0, frequentWords, 0, frequentOffsets[n]);
  }

  /** Returns how many words are kept on the heap; none after the first that makes no sense. */
  private int frequent() {
    int most = Math.min(offsets.capacity() / 4 - 1, FREQUENT);
    int end = 0;
    for (int i = 0; i < most; i++) {
      int next = offsets.getInt((i + 1) * 4);
      if (offsets.getInt(i * 4) != end
          || next < end
          || next - end > MAX_WORD
          || next > Math.min(words.capacity(), FREQUENT_BYTES)) {
        return i;
      }
      end = next;
    }
    return Math.max(most, 0);
  }

  /** Returns a table for reading. */
  static WordTable stored(ByteBuffer offsets, ByteBuffer words) {
    return new WordTable(offsets, words, Map.of());
  }

  ByteBuffer offsets() {
    return offsets;
  }

  ByteBuffer words() {
    return words;
  }

  void write(String text, Packer out) {
    int words = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ' ') {
        words++;
      }
    }
    out.number(words);
    int start = 0;
    for (int i = 0; i < words; i++) {
      int space = text.indexOf(' ', start);
      String word = text.substring(start, space < 0 ? text.length() : space);
      Integer number = numbers.get(word);
      if (number == null) {
        out.number(0);
        out.text(word);
      } else {
        out.number(number);
      }
      start = space + 1;
    }
  }

  String read(Unpacker in) {
    int count = in.countOf(1);
    byte[] text = new byte[Math.min(count, 1 << 16) * 9 + 16];
    int size = 0;
    for (int i = 0; i < count; i++) {
      int number = in.count();
      if (number > 0 && number < frequentOffsets.length) {
        int start = frequentOffsets[number - 1];
        int length = frequentOffsets[number] - start;
        text = withRoom(text, size, length);
        for (int each = 0; each < length; each += Long.BYTES) {
          EIGHT.set(text, size + each, (long) EIGHT.get(frequentWords, start + each));
        }
        size += length;
      } else {
        byte[] word = number == 0 ? in.bytes() : rare(number);
        text = withRoom(text, size, word.length);
        System.arraycopy(word, 0, text, size, word.length);
        size += word.length;
      }
      text[size++] = ' ';
    }
    return new String(text, 0, Math.max(0, size - 1), StandardCharsets.UTF_8);
  }

  private byte[] rare(int number) {
    int start = offsets.getInt((number - 1) * 4);
    int length = offsets.getInt(number * 4) - start;
    if (length < 0 || length > MAX_WORD) {
      throw new IllegalArgumentException("A word of the table has a length that none has");
    }
    byte[] word = new byte[length];
    words.get(start, word);
    return word;
  }

  /** Returns the text with room for a word, a space, and what is copied too much. */
  private static byte[] withRoom(byte[] text, int size, int length) {
    if (length >= MAX_TEXT - size) {
      throw new IllegalArgumentException("A text is too long");
    }
    return text.length - size > length + SLACK
        ? text
        : Arrays.copyOf(text, Math.max(text.length * 2, size + length + SLACK + 1));
  }

  /** Counts words, and gives numbers to those that come more than once. */
  static final class Counter {
    private final Map<String, int[]> counts = new HashMap<>();

    void count(String text) {
      int start = 0;
      while (start >= 0) {
        int space = text.indexOf(' ', start);
        add(text.substring(start, space < 0 ? text.length() : space));
        start = space < 0 ? -1 : space + 1;
      }
    }

    private void add(String word) {
      int[] count = counts.get(word);
      if (count != null) {
        count[0]++;
      } else if (counts.size() < MAX_COUNTED && isShort(word)) {
        counts.put(word, new int[] {1});
      }
    }

    private static boolean isShort(String word) {
      return word.length() <= MAX_WORD && word.getBytes(StandardCharsets.UTF_8).length <= MAX_WORD;
    }

    WordTable table() {
      List<Map.Entry<String, int[]>> often = new ArrayList<>();
      for (Map.Entry<String, int[]> entry : counts.entrySet()) {
        if (entry.getValue()[0] > 1) {
          often.add(entry);
        }
      }
      often.sort(
          Comparator.comparingInt((Map.Entry<String, int[]> e) -> -e.getValue()[0])
              .thenComparing(Map.Entry::getKey));
      Map<String, Integer> numbers = new HashMap<>();
      ByteArrayOutputStream words = new ByteArrayOutputStream();
      ByteBuffer offsets =
          ByteBuffer.allocate((often.size() + 1) * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (Map.Entry<String, int[]> entry : often) {
        offsets.putInt(words.size());
        words.writeBytes(entry.getKey().getBytes(StandardCharsets.UTF_8));
        numbers.put(entry.getKey(), numbers.size() + 1);
      }
      offsets.putInt(words.size());
      return new WordTable(offsets.flip(), ByteBuffer.wrap(words.toByteArray()), numbers);
    }
  }
}
