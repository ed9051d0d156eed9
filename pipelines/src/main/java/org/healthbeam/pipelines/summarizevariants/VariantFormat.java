package org.healthbeam.pipelines.summarizevariants;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.healthbeam.pipelines.run.UsageException;

/** The files that the summaries of variants can be written to. */
enum VariantFormat {
  TSV("tsv"),
  TSV_GZ("tsv.gz"),
  VCF_GZ("vcf.gz"),
  AVRO("avro"),
  PARQUET("parquet");

  private final String ending;

  VariantFormat(String ending) {
    this.ending = ending;
  }

  /** Returns the name of the file. */
  String file() {
    return "variants." + ending;
  }

  String ending() {
    return ending;
  }

  /** Returns those in which columns have types. */
  static Set<VariantFormat> typed(Set<VariantFormat> formats) {
    Set<VariantFormat> typed = EnumSet.of(AVRO, PARQUET);
    typed.retainAll(formats);
    return typed;
  }

  /** Returns those that the value of {@code --format} names, separated by commas. */
  static Set<VariantFormat> of(String value) throws UsageException {
    Set<VariantFormat> formats = EnumSet.noneOf(VariantFormat.class);
    for (String name : value.split(",", -1)) {
      formats.add(
          Arrays.stream(values())
              .filter(f -> f.ending.equals(name.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--format=%s has '%s'; it may have %s, separated by commas"
                              .formatted(value, name, endings()))));
    }
    return formats;
  }

  /** Returns those of options that have been checked before. */
  static Set<VariantFormat> checked(SummarizeVariantsOptions options) {
    try {
      return of(options.getFormat());
    } catch (UsageException e) {
      throw new IllegalStateException("The formats have been checked before", e);
    }
  }

  private static String endings() {
    return Arrays.stream(values()).map(f -> f.ending).collect(Collectors.joining(", "));
  }
}
