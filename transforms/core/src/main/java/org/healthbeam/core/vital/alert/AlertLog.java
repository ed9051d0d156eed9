package org.healthbeam.core.vital.alert;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;

/**
 * What is known and was told of one subject's alerts while late inputs may still come; for {@link
 * AlertFollower}.
 *
 * <p>Its size: two {@link AlertMemory}s, the inputs of the latest time, and about 60 bytes for each
 * transition that is not final yet. The inputs that are not final, 18 bytes each, are held outside.
 */
public final class AlertLog {
  /** A transition that was told, and how often. */
  static final class Told {
    final String rule;
    AlertTransition transition;
    long revision;
    boolean withdrawn;

    Told(String rule, AlertTransition transition, long revision, boolean withdrawn) {
      this.rule = rule;
      this.transition = transition;
      this.revision = revision;
      this.withdrawn = withdrawn;
    }
  }

  /** Of which rules it is; 0 of none yet. */
  int fingerprint;

  /** Everything before it is final, and in {@link #base}. */
  long folded = Long.MIN_VALUE;

  AlertMemory base = new AlertMemory();

  /** The memory after all inputs before {@link #headTime}, whose transitions are told again. */
  AlertMemory head = new AlertMemory();

  /** Up to when {@link #head} has told. */
  long headDone = Long.MIN_VALUE;

  /** The time of the latest inputs, or {@link Long#MIN_VALUE}. */
  long headTime = Long.MIN_VALUE;

  List<AlertInput> group = new ArrayList<>();

  /** Up to when time is known to have passed. */
  long reached = Long.MIN_VALUE;

  /** When the next delay is over, as far as is known. */
  long nextDue = Long.MAX_VALUE;

  List<Told> told = new ArrayList<>();

  /** {@return when the next delay is over, as far as is known; {@link Long#MAX_VALUE} if never} */
  public long nextDue() {
    return nextDue;
  }

  /** {@return when the next delay in what is final is over; {@link Long#MAX_VALUE} if never} */
  public long nextFinalDue() {
    return base.nextDue;
  }

  /** {@return the time of the latest inputs; {@link Long#MIN_VALUE} if there are none} */
  public long latest() {
    return headTime;
  }

  /** {@return the time before which everything is final} */
  public long folded() {
    return folded;
  }

  /**
   * Writes what {@link #read} reads.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(fingerprint);
    out.writeLong(folded);
    base.write(out);
    head.write(out);
    out.writeLong(headDone);
    out.writeLong(headTime);
    out.writeLong(reached);
    out.writeLong(nextDue);
    out.writeInt(group.size());
    for (AlertInput input : group) {
      write(input, out);
    }
    out.writeInt(told.size());
    for (Told one : told) {
      AlertTransition t = one.transition;
      writeText(one.rule, out);
      out.writeInt(t.rule());
      out.writeLong(t.time());
      out.writeByte(t.state().index());
      out.writeDouble(t.score());
      writeText(t.detail(), out);
      out.writeLong(one.revision);
      out.writeBoolean(one.withdrawn);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static AlertLog read(DataInput in) throws IOException {
    AlertLog log = new AlertLog();
    log.fingerprint = in.readInt();
    log.folded = in.readLong();
    log.base = AlertMemory.read(in);
    log.head = AlertMemory.read(in);
    log.headDone = in.readLong();
    log.headTime = in.readLong();
    log.reached = in.readLong();
    log.nextDue = in.readLong();
    int inputs = in.readInt();
    for (int i = 0; i < inputs; i++) {
      log.group.add(readInput(in));
    }
    int transitions = in.readInt();
    for (int i = 0; i < transitions; i++) {
      String rule = readText(in);
      AlertTransition transition =
          new AlertTransition(
              in.readInt(),
              in.readLong(),
              AlertState.at(in.readByte()),
              in.readDouble(),
              readText(in));
      log.told.add(new Told(rule, transition, in.readLong(), in.readBoolean()));
    }
    return log;
  }

  /**
   * Writes what {@link #readInput} reads.
   *
   * @param input a reading or an acknowledgement
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public static void write(AlertInput input, DataOutput out) throws IOException {
    out.writeLong(input.time());
    if (input.kind() == null) {
      out.writeByte(-1);
      writeText(input.rule(), out);
      return;
    }
    out.writeByte(input.kind().index());
    out.writeDouble(input.value());
    out.writeByte(input.version().status().index());
    if (!input.version().isOriginal()) {
      out.writeLong(input.version().order());
      out.writeLong(input.version().observation());
    }
  }

  /**
   * Reads what {@link #write(AlertInput, DataOutput)} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static AlertInput readInput(DataInput in) throws IOException {
    long time = in.readLong();
    int kind = in.readByte();
    if (kind < 0) {
      return AlertInput.acknowledgement(time, readText(in));
    }
    double value = in.readDouble();
    ReadingVersion.Status status = ReadingVersion.Status.at(in.readByte());
    ReadingVersion version =
        status == ReadingVersion.Status.ORIGINAL
            ? ReadingVersion.ORIGINAL
            : new ReadingVersion(status, in.readLong(), in.readLong());
    return AlertInput.reading(time, VitalKind.at(kind), value, version);
  }

  /** Without the limit of 64 kB that {@link DataOutput#writeUTF} has, and shows in its message. */
  private static void writeText(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "AlertLog";
  }
}
