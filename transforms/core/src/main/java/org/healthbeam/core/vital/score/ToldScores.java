package org.healthbeam.core.vital.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What was told of the scores of one subject in one period, so that only what has changed is told
 * again: a hash of each row, in about 30 bytes and its name.
 *
 * <p>Each row has revisions of its own, from 0. A row of a time of which there is no score any more
 * is withdrawn. When the period is final all its rows are told a last time, withdrawn ones too.
 */
public final class ToldScores {
  private record Row(long time, String score) implements Comparable<Row> {
    private static final Comparator<Row> ORDER =
        Comparator.comparingLong(Row::time).thenComparing(Row::score);

    @Override
    public int compareTo(Row other) {
      return ORDER.compare(this, other);
    }
  }

  private record Told(long hash, int parameters, long revision, boolean withdrawn) {}

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final SortedMap<Row, Told> rows = new TreeMap<>();
  private long version = -1;

  /**
   * Tells what has changed.
   *
   * @param subject whose scores they are
   * @param version of what is known; what is older than what was told before changes nothing
   * @param scores all scores of the period as they are known now, each once
   * @param isFinal whether they will not change any more
   * @param to takes the rows that are new, other or withdrawn
   */
  public void tell(
      String subject,
      long version,
      List<EarlyWarningScore> scores,
      boolean isFinal,
      Consumer<EarlyWarningScore> to) {
    if (version < this.version) {
      return;
    }
    this.version = version;
    SortedMap<Row, EarlyWarningScore> now = new TreeMap<>();
    scores.forEach(
        score -> now.put(new Row(score.time().toEpochMilli(), score.scoreName()), score));
    now.forEach(
        (row, score) -> {
          Told before = rows.get(row);
          long hash = hash(score);
          boolean same = before != null && !before.withdrawn && before.hash == hash;
          if (!same || isFinal) {
            long revision = before == null ? 0 : before.revision + 1;
            rows.put(row, new Told(hash, score.parameters().size(), revision, false));
            to.accept(score.revised(revision, isFinal));
          }
        });
    for (Map.Entry<Row, Told> entry : rows.entrySet()) {
      Told before = entry.getValue();
      if (!now.containsKey(entry.getKey()) && (!before.withdrawn || isFinal)) {
        Told told = new Told(0, before.parameters, before.revision + 1, true);
        entry.setValue(told);
        to.accept(withdrawn(subject, entry.getKey(), told, isFinal));
      }
    }
  }

  private static EarlyWarningScore withdrawn(String subject, Row row, Told told, boolean isFinal) {
    return new EarlyWarningScore(
        subject,
        Instant.ofEpochMilli(row.time),
        row.score,
        Double.NaN,
        "",
        told.revision,
        isFinal,
        true,
        Double.NaN,
        Double.NaN,
        Collections.nCopies(told.parameters, ScoreParameter.MISSING));
  }

  /** FNV-1a of all that a row shows, 64 bits. */
  private static long hash(EarlyWarningScore score) {
    StringBuilder text = new StringBuilder(score.risk());
    text.append('\t').append(score.score());
    text.append('\t').append(score.minPossible()).append('\t').append(score.maxPossible());
    for (ScoreParameter p : score.parameters()) {
      text.append('\t').append(p.points()).append('\t').append(p.value());
      text.append('\t').append(p.ageSeconds());
    }
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /**
   * Writes it in bytes that are the same for the same content.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(version);
    out.writeInt(rows.size());
    for (Map.Entry<Row, Told> entry : rows.entrySet()) {
      out.writeLong(entry.getKey().time);
      out.writeUTF(entry.getKey().score);
      Told told = entry.getValue();
      out.writeLong(told.hash);
      out.writeByte(told.parameters);
      out.writeLong(told.revision);
      out.writeBoolean(told.withdrawn);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static ToldScores readFrom(DataInput in) throws IOException {
    ToldScores read = new ToldScores();
    read.version = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      Row row = new Row(in.readLong(), in.readUTF());
      read.rows.put(
          row, new Told(in.readLong(), in.readUnsignedByte(), in.readLong(), in.readBoolean()));
    }
    return read;
  }

  /** Shows how many rows: the rest is a patient's. */
  @Override
  public String toString() {
    return "ToldScores(" + rows.size() + ")";
  }
}
