package org.healthbeam.core.variant.join;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.variant.Varints;

/**
 * A record with an alternate, as one sample has it.
 *
 * @param alternates in their order
 * @param alleles those that are known, 0 the reference, {@code i} the {@code i}-th alternate
 * @param partial whether there are others
 * @param depth DP, or -1
 * @param quality GQ in thousandths, or -1
 */
@SuppressWarnings("ArrayRecordComponent")
record SampleSite(
    int pos,
    String ref,
    List<String> alternates,
    String id,
    String filter,
    double qual,
    int[] alleles,
    boolean partial,
    int depth,
    long quality) {

  /** {@return whether all alleles are known} */
  boolean isCalled() {
    return !partial && alleles.length > 0;
  }

  /** {@return what it says about the bases of its reference allele} */
  SampleSpan span() {
    ChangedBases[] changes = new ChangedBases[alleles.length];
    for (int i = 0; i < alleles.length; i++) {
      changes[i] =
          alleles[i] == 0
              ? ChangedBases.NONE
              : ChangedBases.of(ref, alternates.get(alleles[i] - 1), ref.length());
    }
    return new SampleSpan(pos, ref.length(), changes, partial, depth, quality);
  }

  void write(DataOutput out, long origin) throws IOException {
    Varints.write(out, pos - origin);
    Varints.writeText(out, ref);
    Varints.write(out, alternates.size());
    for (String alternate : alternates) {
      Varints.writeText(out, alternate);
    }
    Varints.writeText(out, id);
    Varints.writeText(out, filter);
    out.writeDouble(qual);
    Varints.write(out, alleles.length);
    for (int allele : alleles) {
      Varints.write(out, allele);
    }
    out.writeBoolean(partial);
    Varints.write(out, depth + 1L);
    Varints.write(out, quality + 1);
  }

  static SampleSite read(DataInput in, long origin) throws IOException {
    int pos = (int) (origin + Varints.read(in));
    String ref = Varints.readText(in);
    int count = (int) Varints.read(in);
    List<String> alternates = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      alternates.add(Varints.readText(in));
    }
    String id = Varints.readText(in);
    String filter = Varints.readText(in);
    double qual = in.readDouble();
    int[] alleles = new int[(int) Varints.read(in)];
    for (int i = 0; i < alleles.length; i++) {
      alleles[i] = (int) Varints.read(in);
    }
    return new SampleSite(
        pos,
        ref,
        alternates,
        id,
        filter,
        qual,
        alleles,
        in.readBoolean(),
        (int) (Varints.read(in) - 1),
        Varints.read(in) - 1);
  }
}
