package org.healthbeam.core.variant.bcf;

/**
 * Tells one record of a BCF as the line of a VCF.
 *
 * <p>Source: VCF 4.3 (samtools/hts-specs), section 6.3.
 */
final class RecordText {
  private static final int GT_MISSING = 0;

  private final Dictionaries names;
  private final int samples;
  private final TypedValues values = new TypedValues();
  private int[] format = new int[16];

  RecordText(Dictionaries names, int samples) {
    this.names = names;
    this.samples = samples;
  }

  /**
   * Writes the line, with its line feed.
   *
   * @param shared how many bytes belong to the site
   * @param end where those of the samples end, which follow
   */
  void write(byte[] bytes, int shared, int end, TextLine out) throws InvalidBcfException {
    values.begin(bytes, 0, shared);
    out.add(names.contig(values.int32()));
    out.add('\t');
    out.add(values.int32() + 1L);
    values.int32();
    int qual = values.pass(4);
    int counts = values.int32();
    int infos = counts & 0xffff;
    int alleles = counts >>> 16;
    int sampleCounts = values.int32();
    if ((sampleCounts & 0xffffff) != samples) {
      throw new InvalidBcfException("a record has not as many samples as the header");
    }
    out.add('\t');
    values.write(out);
    alleles(alleles, out);
    out.add('\t');
    values.writeFloat(qual, out);
    out.add('\t');
    filters(out);
    out.add('\t');
    infos(infos, out);
    if (!values.isAtEnd()) {
      throw new InvalidBcfException("a record has more than it says");
    }
    values.begin(bytes, shared, end);
    samples(sampleCounts >>> 24, out);
    out.add('\n');
  }

  private void alleles(int count, TextLine out) throws InvalidBcfException {
    if (count == 0) {
      throw new InvalidBcfException("a record has no reference allele");
    }
    for (int i = 0; i < count; i++) {
      out.add(i < 2 ? '\t' : ',');
      values.write(out);
    }
    if (count == 1) {
      out.addText("\t.");
    }
  }

  private void filters(TextLine out) throws InvalidBcfException {
    values.descriptor();
    int width = values.width();
    int count = values.count();
    if (count > 0 && (values.type() < TypedValues.INT8 || values.type() > TypedValues.INT32)) {
      throw new InvalidBcfException("the filters of a record are no whole numbers");
    }
    int place = values.pass((long) width * count);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.add(';');
      }
      out.add(names.string(values.whole(place + i * width)));
    }
    if (count == 0) {
      out.add('.');
    }
  }

  private void infos(int count, TextLine out) throws InvalidBcfException {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.add(';');
      }
      out.add(names.string(values.number()));
      values.descriptor();
      int place = values.pass((long) values.width() * values.count());
      if (values.count() > 0) {
        out.add('=');
        values.writeValues(place, out);
      }
    }
    if (count == 0) {
      out.add('.');
    }
  }

  /** Columns lie one after the other in BCF, and so must be told sample by sample. */
  private void samples(int fields, TextLine out) throws InvalidBcfException {
    if (samples == 0) {
      return;
    }
    if (format.length < 4 * fields) {
      format = new int[4 * fields];
    }
    out.add('\t');
    for (int f = 0; f < fields; f++) {
      byte[] key = names.string(values.number());
      values.descriptor();
      format[4 * f] = values.type();
      format[4 * f + 1] = values.count();
      format[4 * f + 2] = values.pass((long) values.width() * values.count() * samples);
      format[4 * f + 3] = key.length == 2 && key[0] == 'G' && key[1] == 'T' ? 1 : 0;
      if (f > 0) {
        out.add(':');
      }
      out.add(key);
    }
    if (fields == 0) {
      out.add('.');
    }
    for (int s = 0; s < samples; s++) {
      out.add('\t');
      for (int f = 0; f < fields; f++) {
        if (f > 0) {
          out.add(':');
        }
        values.setType(format[4 * f], format[4 * f + 1]);
        int place = format[4 * f + 2] + s * values.width() * values.count();
        if (format[4 * f + 3] == 1 && values.type() <= TypedValues.INT32) {
          genotype(place, out);
        } else {
          values.writeValues(place, out);
        }
      }
      if (fields == 0) {
        out.add('.');
      }
    }
  }

  /** An allele's number is told as twice one more than it, and 1 more where it is phased. */
  private void genotype(int place, TextLine out) {
    int ploidy = values.count();
    if (ploidy == 2 && values.type() == TypedValues.INT8) {
      int first = values.byteAt(place);
      int second = values.byteAt(place + 1);
      if (first >= 2 && first < 22 && second >= 2 && second < 22) {
        out.addDiploid((first >> 1) - 1, separator(second), (second >> 1) - 1);
        return;
      }
    }
    int width = values.width();
    int known = 0;
    for (; known < ploidy; known++) {
      int allele = values.whole(place + known * width);
      if (allele == TypedValues.END_OF_VECTOR) {
        break;
      }
      if (known > 0) {
        out.add(separator(allele));
      }
      if (allele == TypedValues.MISSING || allele >> 1 == GT_MISSING) {
        out.add('.');
      } else {
        out.add((allele >> 1) - 1L);
      }
    }
    if (known == 0) {
      out.add('.');
    }
  }

  private static char separator(int allele) {
    return (allele & 1) == 1 ? '|' : '/';
  }
}
