package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.RecordCounter;
import org.healthbeam.core.variant.ScannedRecord;

/**
 * What other tools count of all records and by sample, in whole numbers that merge in any order.
 */
public final class CompatTotals implements RecordCounter {
  @Nullable private BcftoolsTotals bcftools;
  @Nullable private PlinkTotals plink;
  @Nullable private HailTotals hail;
  private Consumer<SiteCounts> sites = site -> {};

  /** Begins with nothing counted, and no tool. */
  public CompatTotals() {}

  /**
   * Begins with nothing counted, for these tools.
   *
   * @param tools whose numbers are wanted; what the others count is not kept
   */
  public CompatTotals(Set<Compat> tools) {
    bcftools = tools.contains(Compat.BCFTOOLS) ? new BcftoolsTotals() : null;
    plink = tools.contains(Compat.PLINK2) ? new PlinkTotals() : null;
    hail = tools.contains(Compat.HAIL) ? new HailTotals() : null;
  }

  /**
   * Says who takes what each record comes to.
   *
   * @param consumer is called once a record, in their order
   */
  public void sitesTo(Consumer<SiteCounts> consumer) {
    sites = consumer;
  }

  @Override
  public void expect(List<String> samples, String file) {
    if (bcftools != null) {
      bcftools.expect(samples, file);
    }
    if (plink != null) {
      plink.expect(samples, file);
    }
    if (hail != null) {
      hail.expect(samples, file);
    }
  }

  @Override
  public void add(ScannedRecord r) {
    if (bcftools != null) {
      bcftools.add(r);
    }
    if (plink != null) {
      plink.add(r);
    }
    if (hail != null) {
      hail.add(r);
    }
    sites.accept(SiteCounts.of(r));
  }

  /**
   * Adds all that another has counted.
   *
   * @param other is not changed
   */
  public void add(CompatTotals other) {
    if (other.bcftools != null) {
      bcftools = bcftools();
      bcftools.add(other.bcftools);
    }
    if (other.plink != null) {
      plink = plink();
      plink.add(other.plink);
    }
    if (other.hail != null) {
      hail = hail();
      hail.add(other.hail);
    }
  }

  BcftoolsTotals bcftools() {
    return bcftools == null ? new BcftoolsTotals() : bcftools;
  }

  HailTotals hail() {
    return hail == null ? new HailTotals() : hail;
  }

  PlinkTotals plink() {
    return plink == null ? new PlinkTotals() : plink;
  }

  /**
   * Writes it, as short as it goes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(bcftools != null);
    if (bcftools != null) {
      bcftools.write(out);
    }
    out.writeBoolean(plink != null);
    if (plink != null) {
      plink.write(out);
    }
    out.writeBoolean(hail != null);
    if (hail != null) {
      hail.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static CompatTotals read(DataInput in) throws IOException {
    CompatTotals result = new CompatTotals(EnumSet.noneOf(Compat.class));
    result.bcftools = in.readBoolean() ? BcftoolsTotals.read(in) : null;
    result.plink = in.readBoolean() ? PlinkTotals.read(in) : null;
    result.hail = in.readBoolean() ? HailTotals.read(in) : null;
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompatTotals that
        && Objects.equals(bcftools, that.bcftools)
        && Objects.equals(plink, that.plink)
        && Objects.equals(hail, that.hail);
  }

  @Override
  public int hashCode() {
    return Objects.hash(bcftools, plink, hail);
  }

  /** Shows nothing of the genotypes. */
  @Override
  public String toString() {
    return "CompatTotals(" + (bcftools != null) + ", " + (plink != null) + ")";
  }
}
