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

  /** So many of the most frequent words are kept on the heap. */
  private static final int FREQUENT = 1 << 14;

  /**
   * Bytes of the place that a frequent word has there: the word, a space, and in the last byte the
   * length of both. Words are copied place by place, whatever their length: almost all fit.
   */
  private static final int PLACE = 24;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer offsets;
  private final ByteBuffer words;
  private final Map<String, Integer> numbers;
  private final byte[] frequent;

  private WordTable(ByteBuffer offsets, ByteBuffer words, Map<String, Integer> numbers) {
    this.offsets = offsets;
    this.words = words;
    this.numbers = numbers;
    int n = Math.max(0, Math.min(offsets.capacity() / 4 - 1, FREQUENT));
    // Word 0 is none; a length of 0 is that of a word which has no place here.
    frequent = new byte[(n + 1) * PLACE];
    for (int number = 1; number <= n; number++) {
      place(number);
    }
  }

  private void place(int number) {
    int start = offsets.getInt((number - 1) * 4);
    int length = offsets.getInt(number * 4) - start;
    boolean fits = start >= 0 && length >= 0 && start <= words.capacity() - length;
    if (fits && length < PLACE - 1) {
      int at = number * PLACE;
      words.get(start, frequent, at, length);
      frequent[at + length] = ' ';
      frequent[at + PLACE - 1] = (byte) (length + 1);
    }
  }

  /** {@return a table for reading} */
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
    byte[] text = new byte[Math.min(count, 1 << 16) * 9 + PLACE];
    int size = 0;
    for (int i = 0; i < count; i++) {
      int number = in.count();
      int at = number <= FREQUENT ? number * PLACE : 0;
      int length = at < frequent.length ? frequent[at + PLACE - 1] : 0;
      if (length > 0) {
        text = text.length - size < PLACE ? withRoom(text, size, PLACE) : text;
        for (int each = 0; each < PLACE; each += Long.BYTES) {
          EIGHT.set(text, size + each, (long) EIGHT.get(frequent, at + each));
        }
        size += length;
      } else {
        byte[] word = number == 0 ? in.bytes() : rare(number);
        text = withRoom(text, size, word.length + 1);
        System.arraycopy(word, 0, text, size, word.length);
        size += word.length;
        text[size++] = ' ';
      }
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

  /** {@return the text with room for so many bytes} */
  private static byte[] withRoom(byte[] text, int size, int length) {
    // A place may be asked for where less of it is needed.
    if (length > MAX_TEXT + PLACE - size) {
      throw new IllegalArgumentException("A text is too long");
    }
    return text.length - size >= length
        ? text
        : Arrays.copyOf(text, Math.max(text.length * 2, size + length));
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
