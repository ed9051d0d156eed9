package org.healthbeam.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hadoop's own class has written is read whole, once, wherever the ranges are cut. */
class SequenceFilesTest {
  private static final int LIMIT = 1 << 20;
  private static final int SYNC = 20;

  @TempDir private Path folder;

  /** What is read of a file: values by their positions, rejects with their reasons. */
  private static final class Found implements RecordSink {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> rejects = new ArrayList<>();

    @Override
    public void record(InputRecord record) {
      String before = values.put(record.position(), record.text());
      assertEquals(null, before, () -> "two records at " + record.position());
    }

    @Override
    public void reject(RejectReason reason, String detail, InputRecord place) {
      rejects.add(reason + " at " + place.position());
    }
  }

  @BeforeEach
  void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static List<String> messages(int n) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      messages.add("{\"id\":\"%d\",\n \"text\":\"%s\"}".formatted(i, "é".repeat(i % 50)));
    }
    return messages;
  }

  private Path write(
      String name, List<String> values, CompressionType type, CompressionCodec codec, boolean text)
      throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.setInt("io.seqfile.sync.interval", 500);
    configuration.setInt("io.seqfile.compress.blocksize", 2000);
    if (codec instanceof DefaultCodec configured) {
      configured.setConf(configuration);
    } else if (codec instanceof BZip2Codec configured) {
      configured.setConf(configuration);
    } else if (codec instanceof SnappyCodec configured) {
      configured.setConf(configuration);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FSDataOutputStream out = new FSDataOutputStream(bytes, null);
        SequenceFile.Writer writer =
            SequenceFile.createWriter(
                configuration,
                SequenceFile.Writer.stream(out),
                SequenceFile.Writer.keyClass(text ? Text.class : LongWritable.class),
                SequenceFile.Writer.valueClass(text ? Text.class : BytesWritable.class),
                SequenceFile.Writer.syncInterval(500),
                SequenceFile.Writer.compression(type, codec))) {
      for (int i = 0; i < values.size(); i++) {
        byte[] value = values.get(i).getBytes(StandardCharsets.UTF_8);
        Writable key = text ? new Text("key " + i) : new LongWritable(i);
        writer.append(key, text ? new Text(value) : new BytesWritable(value));
      }
    }
    return Files.write(folder.resolve(name), GzipByAnotherName.asHadoops(bytes.toByteArray()));
  }

  /** Reads a file in ranges of so many bytes, as the steps of a pipeline do. */
  private static Found read(Path file, long rangeBytes) throws IOException {
    Found found = new Found();
    long size = Files.size(file);
    List<FileRange> ranges = new ArrayList<>();
    int index = 0;
    for (long start = 0; start < size; start += rangeBytes) {
      long end = start + rangeBytes < size ? start + rangeBytes : FileRange.WHOLE;
      ranges.add(
          new FileRange(file.toString(), index++, start, end, 0, Framing.SEQUENCE, rangeBytes));
    }
    try (RecordCursor cursor = new RecordCursor(ranges, LIMIT, found)) {
      InputRecord each = cursor.next();
      while (each != null) {
        each = cursor.next();
      }
    }
    return found;
  }

  @Test
  void everyValueIsReadOnceHoweverTheFileWasWrittenAndIsCut() throws IOException {
    List<String> messages = messages(300);
    for (CompressionType type : CompressionType.values()) {
      for (CompressionCodec codec :
          List.of(
              new DefaultCodec(), new BZip2Codec(), new SnappyCodec(), new GzipByAnotherName())) {
        for (boolean text : new boolean[] {true, false}) {
          String name = type + codec.getClass().getSimpleName() + text;
          Path file = write(name, messages, type, codec, text);
          Found whole = read(file, Long.MAX_VALUE / 2);
          assertEquals(messages, List.copyOf(whole.values.values()), name);
          for (long rangeBytes : new long[] {37, 500, 1999, 7000}) {
            Found cut = read(file, rangeBytes);
            assertEquals(whole.values, cut.values, name + " in ranges of " + rangeBytes);
            assertEquals(List.of(), cut.rejects, name);
          }
        }
      }
    }
  }

  @Test
  void aFileIsToldByItsFirstBytesAndCutIfItIsLong() throws IOException {
    Path file = write("no-ending", messages(300), CompressionType.NONE, new DefaultCodec(), true);
    Found found = new Found();
    FileRecords.read(file.toString(), true, found);
    assertEquals(messages(300), List.copyOf(found.values.values()));
    found = new Found();
    FileRecords.read(file.toString(), false, found);
    assertEquals(300, found.values.size());
  }

  /** Wherever one byte is another: nothing is made up, and what is lost is told. */
  @Test
  void aDamagedByteCostsWhatItIsInAndIsTold() throws IOException {
    List<String> messages = messages(40);
    for (CompressionType type : CompressionType.values()) {
      Path file = write("sound-" + type, messages, type, new DefaultCodec(), true);
      byte[] sound = Files.readAllBytes(file);
      int header =
          (int) SequenceHeader.of(FileSystems.matchNewResource(file.toString(), false)).length();
      for (int at = header; at < sound.length; at += 7) {
        byte[] damaged = sound.clone();
        damaged[at] ^= 0x55;
        Path broken = Files.write(folder.resolve("broken-" + type), damaged);
        Found whole = read(broken, Long.MAX_VALUE / 2);
        String where = type + " byte " + at;
        assertTrue(whole.values.size() + whole.rejects.size() > 0, where);
        if (type != CompressionType.NONE) {
          assertTrue(messages.containsAll(whole.values.values()), where);
        }
        boolean lost = !List.copyOf(whole.values.values()).containsAll(messages);
        assertTrue(
            !lost || !whole.rejects.isEmpty() || whole.values.size() == messages.size(), where);
        Found cut = read(broken, 700);
        assertEquals(whole.values, cut.values, where);
        assertEquals(whole.rejects, cut.rejects, where);
      }
    }
  }

  @Test
  void aDamagedLengthCostsTheRestOfItsSectionOnly() throws IOException {
    List<String> messages = messages(300);
    Path file = write("length", messages, CompressionType.NONE, new DefaultCodec(), true);
    Found sound = read(file, Long.MAX_VALUE / 2);
    List<String> positions = List.copyOf(sound.values.keySet());
    byte[] bytes = Files.readAllBytes(file);
    int third = Integer.parseInt(positions.get(2));
    ByteBuffer.wrap(bytes).putInt(third, 0x7fffff00);
    Files.write(file, bytes);
    Found found = read(file, 1000);
    assertEquals(List.of(RejectReason.MALFORMED + " at " + third), found.rejects);
    int lost = messages.size() - found.values.size();
    assertTrue(lost > 0 && lost < 20, lost + " lost");
    assertEquals(
        messages.subList(2 + lost, messages.size()),
        List.copyOf(found.values.values()).subList(2, found.values.size()));
  }

  @Test
  void aFileThatEndsInARecordIsTruncatedThere() throws IOException {
    for (CompressionType type : CompressionType.values()) {
      Path file = write("cut-" + type, messages(100), type, new DefaultCodec(), false);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
      Found found = read(file, 600);
      assertEquals(1, found.rejects.size(), type + " " + found.rejects);
      assertTrue(found.rejects.get(0).startsWith(RejectReason.TRUNCATED + " at "), type.toString());
      assertTrue(found.values.size() > 0 && found.values.size() < 100, type.toString());
    }
  }

  @Test
  void whatCannotBeReadAtAllIsOneReject() throws IOException {
    Configuration configuration = new Configuration(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FSDataOutputStream out = new FSDataOutputStream(bytes, null);
        SequenceFile.Writer writer =
            SequenceFile.createWriter(
                configuration,
                SequenceFile.Writer.stream(out),
                SequenceFile.Writer.keyClass(Text.class),
                SequenceFile.Writer.valueClass(IntWritable.class))) {
      writer.append(new Text("a"), new IntWritable(1));
    }
    Path numbers = Files.write(folder.resolve("numbers"), bytes.toByteArray());
    Path sound = write("sound", messages(3), CompressionType.RECORD, new DefaultCodec(), true);
    String text = Files.readString(sound, StandardCharsets.ISO_8859_1);
    Path codec = folder.resolve("codec");
    Files.writeString(
        codec, text.replace("DefaultCodec", "SecretlCodec"), StandardCharsets.ISO_8859_1);
    Path version = folder.resolve("version");
    Files.writeString(version, text.replace("SEQ\u0006", "SEQ\u0004"), StandardCharsets.ISO_8859_1);
    Path header = folder.resolve("header");
    Files.writeString(header, text.substring(0, SYNC), StandardCharsets.ISO_8859_1);
    for (Path file : List.of(numbers, codec, version, header)) {
      Found found = read(file, Long.MAX_VALUE / 2);
      assertEquals(
          List.of(RejectReason.MALFORMED + " at 1"), found.rejects, file.getFileName().toString());
      assertEquals(Map.of(), found.values);
    }
  }
}
