package org.healthbeam.core.code.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.Relationship;

/**
 * The relationships {@code Maps to} and {@code Maps to value} of CONCEPT_RELATIONSHIP. They wait in
 * a {@link Spool}; in memory are eight bytes for each relationship of a source that has a value.
 */
final class MapsTo implements Closeable {
  private static final byte[] MAPS_TO = "Maps to".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] MAPS_TO_VALUE = "Maps to value".getBytes(StandardCharsets.ISO_8859_1);

  /** Units of the spool; a record of 32 bytes never needs padding. */
  private static final int STRIDE = 4;

  private static final int SOURCE = 0;
  private static final int TARGET = 1;
  private static final int FROM = 2;
  private static final int TO = 3;
  private static final int FLAGS = 4;

  private static final int HAS_TARGET = 1;
  private static final int HAS_SEVERAL = 2;
  private static final int HAS_VALUE = 4;

  private static final int VALID = 1;
  private static final int IS_VALUE = 2;

  private final OmopConcepts concepts;
  private final OmopRemarks remarks;
  private final Spool spool = new Spool();
  private final ByteBuffer entry = ByteBuffer.allocate(STRIDE * 8);
  private int n;
  private int withValue;

  private MapsTo(OmopConcepts concepts, OmopRemarks remarks) throws IOException {
    this.concepts = concepts;
    this.remarks = remarks;
  }

  /** Reads all relationships; the stream is closed. */
  static MapsTo read(InputStream in, String file, OmopConcepts concepts, OmopRemarks remarks)
      throws InvalidMapException, IOException {
    MapsTo result = new MapsTo(concepts, remarks);
    try (TabbedRows rows = new TabbedRows(in, file)) {
      result.readAll(rows);
      return result;
    } catch (InvalidMapException | IOException | RuntimeException e) {
      result.close();
      throw e;
    }
  }

  private void readAll(TabbedRows rows) throws InvalidMapException, IOException {
    int source = rows.column("concept_id_1");
    int target = rows.column("concept_id_2");
    int relationship = rows.column("relationship_id");
    int start = rows.column("valid_start_date");
    int end = rows.column("valid_end_date");
    int reason = rows.column("invalid_reason");
    while (rows.next()) {
      boolean isValue = rows.is(relationship, MAPS_TO_VALUE);
      if (!isValue && !rows.is(relationship, MAPS_TO)) {
        continue;
      }
      int from = concepts.find(rows.id(source, "concept_id_1"));
      int to = concepts.find(rows.id(target, "concept_id_2"));
      int flags = (isValue ? IS_VALUE : 0) | (rows.length(reason) == 0 ? VALID : 0);
      int first = rows.day(start, "valid_start_date");
      int last = rows.day(end, "valid_end_date");
      if (from == OmopConcepts.NONE || to == OmopConcepts.NONE) {
        remarks.lackConcept++;
      } else {
        add(from, to, first, last, flags);
      }
    }
    spool.map();
  }

  private void add(int source, int target, int from, int to, int flags) throws IOException {
    if ((flags & IS_VALUE) != 0) {
      concepts.mark(source, HAS_VALUE);
    } else if ((concepts.mark(source, HAS_TARGET) & HAS_TARGET) != 0) {
      concepts.mark(source, HAS_SEVERAL);
    }
    entry.clear();
    entry.putInt(source).putInt(target).putInt(from).putInt(to).putInt(flags);
    spool.add(entry.clear());
    n++;
  }

  private int field(int i, int field) {
    ByteBuffer in = spool.at(i * STRIDE);
    return in.getInt(in.position() + field * Integer.BYTES);
  }

  /** Tells all mappings. */
  void tell(OmopTeller teller) throws InvalidMapException, IOException {
    long[] grouped = new long[0];
    for (int i = 0; i < n; i++) {
      int source = field(i, SOURCE);
      if ((concepts.marks(source) & HAS_VALUE) == 0) {
        tellOne(source, i, teller);
      } else {
        if (withValue == grouped.length) {
          grouped = Arrays.copyOf(grouped, Math.max(1024, withValue * 2));
        }
        grouped[withValue++] = (long) source << 32 | i;
      }
    }
    Arrays.sort(grouped, 0, withValue);
    for (int i = 0; i < withValue; ) {
      int end = i;
      while (end < withValue && grouped[end] >>> 32 == grouped[i] >>> 32) {
        end++;
      }
      tellWithValues(Arrays.copyOfRange(grouped, i, end), teller);
      i = end;
    }
  }

  private void tellOne(int slot, int i, OmopTeller teller) throws InvalidMapException, IOException {
    OmopConcepts.Concept source = concepts.at(slot);
    int targetSlot = field(i, TARGET);
    OmopConcepts.Concept target = targetSlot == slot ? source : concepts.at(targetSlot);
    OmopTimeline.Link link = link(i, source, targetSlot, target);
    if (link != null) {
      OmopTimeline.Piece whole =
          new OmopTimeline.Piece(link, List.of(), false, link.from(), link.to(), link.current());
      tell(source, slot, whole, target, teller);
    }
  }

  private void tellWithValues(long[] group, OmopTeller teller)
      throws InvalidMapException, IOException {
    int slot = (int) (group[0] >>> 32);
    OmopConcepts.Concept source = concepts.at(slot);
    Set<OmopTimeline.Link> maps = new LinkedHashSet<>();
    Set<OmopTimeline.Link> values = new LinkedHashSet<>();
    for (long each : group) {
      int i = (int) each;
      int targetSlot = field(i, TARGET);
      OmopTimeline.Link link = link(i, source, targetSlot, concepts.at(targetSlot));
      if (link != null) {
        ((field(i, FLAGS) & IS_VALUE) == 0 ? maps : values).add(link);
      }
    }
    if (maps.isEmpty() && !values.isEmpty()) {
      remarks.valueAlone++;
    }
    boolean unassigned = false;
    for (OmopTimeline.Piece piece :
        new OmopTimeline(new ArrayList<>(maps), new ArrayList<>(values)).pieces()) {
      unassigned |= piece.unassigned();
      tell(source, slot, piece, concepts.at(piece.map().target()), teller);
    }
    if (unassigned) {
      remarks.valueBesideSeveral++;
    }
  }

  /**
   * {@return when a relationship holds, together with both its concepts; null if it is not one that
   * OMOP allows}
   */
  @Nullable
  private OmopTimeline.Link link(
      int i, OmopConcepts.Concept source, int targetSlot, OmopConcepts.Concept target) {
    if (target.valid() && !target.standard()) {
      remarks.notStandard++;
      return null;
    }
    int from = Math.max(field(i, FROM), Math.max(source.from(), target.from()));
    int to = Math.min(field(i, TO), Math.min(source.to(), target.to()));
    boolean current = (field(i, FLAGS) & VALID) != 0 && target.valid();
    return new OmopTimeline.Link(targetSlot, target.id(), from, to, current);
  }

  private void tell(
      OmopConcepts.Concept source,
      int slot,
      OmopTimeline.Piece piece,
      OmopConcepts.Concept target,
      OmopTeller teller)
      throws InvalidMapException, IOException {
    if (!CodeSyntax.isCode(source.code())) {
      remarks.notCode++;
      return;
    }
    if (piece.from() > piece.to() && !piece.current()) {
      return;
    }
    boolean several = (concepts.marks(slot) & HAS_SEVERAL) != 0;
    teller.tell(
        source.vocabulary(),
        source.code(),
        target,
        new OmopTeller.Link(
            source.id(),
            source.id() == target.id() ? Relationship.EQUIVALENT : Relationship.RELATED_TO,
            OmopTeller.validity(piece.from(), piece.to(), piece.current()),
            several ? new Combination(source.id(), target.id(), 0) : null,
            piece.values(),
            piece.unassigned() ? OmopRemarks.UNASSIGNED : ""));
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
