package org.healthbeam.samples.ward;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.healthbeam.samples.Chance;

/** Writes readings as lines, some of them broken. */
final class WardCsv {
  static final String HEADER = "subject,time,kind_or_code,value,unit,received";
  private static final double BROKEN_LINES = 0.0008;

  private final OutputStream out;
  private final Chance chance;
  private int broken;

  WardCsv(OutputStream out, Chance chance) throws IOException {
    this.out = out;
    this.chance = chance;
    line(HEADER);
  }

  void write(Bed bed, Reading reading) throws IOException {
    Wording.Sent sent = Wording.of(bed.dialect(), reading);
    if (chance.happens(BROKEN_LINES)) {
      broken(sent, reading);
    }
    String subject =
        bed.dialect() == Dialect.LOCAL_TIME ? '"' + sent.subject() + '"' : sent.subject();
    line(
        String.join(
            ",",
            subject,
            sent.time(),
            sent.code(),
            sent.value(),
            sent.unit(),
            reading.received().toString()));
  }

  /** Broken lines stand beside the good ones and replace none; each sort comes in its turn. */
  private void broken(Wording.Sent sent, Reading reading) throws IOException {
    String time = sent.time();
    String received = reading.received().toString();
    switch (broken++ % 8) {
      case 0 -> line("," + time + ",heart_rate,80,/min," + received);
      case 1 -> line(sent.subject() + "," + time + ",cvp,8,mm[Hg]," + received);
      case 2 -> line(sent.subject() + ",2026-13-02T25:00:00Z,heart_rate,80,/min," + received);
      case 3 -> line(sent.subject() + ",2026-03-02 07:15,heart_rate,80,/min," + received);
      case 4 -> line(sent.subject() + "," + time);
      case 5 -> line(sent.subject() + "," + time + ",heart_rate,80,furlong," + received);
      case 6 -> line(HEADER);
      default -> {
        // A degree sign in Latin-1, which is not UTF-8.
        String text = sent.subject() + "," + time + ",temperature,37.1,\u00B0C," + received + "\n";
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void line(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }
}
