package org.healthbeam.core.variant.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Joins files by looking up every sample at every site among all of its records, and writes the
 * result as records of one file. Knows only what is in the text, and one contig.
 */
final class SlowJoin {
  private static final String[] SITES = {
    "A T", "A C,T,<NON_REF>", "AT A", "A ATT", "GCG TTT", "GCG G,GCGCG", "A *", "G <DEL>", "ACGTA A"
  };

  private final Map<String, List<String[]>> files = new TreeMap<>();
  private final AbsentGenotype absent;

  SlowJoin(Map<String, List<String>> files, AbsentGenotype absent) {
    files.forEach(
        (sample, records) ->
            this.files.put(sample, records.stream().map(r -> r.split(" ")).toList()));
    this.absent = absent;
  }

  /** Returns records of one sample: blocks and variants that may overlap, at most one of a site. */
  static List<String> randomFile(Random random) {
    List<String> records = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    int n = random.nextInt(14);
    for (int i = 0; i < n; i++) {
      int pos = 1 + random.nextInt(120);
      if (random.nextInt(3) == 0) {
        if (seen.add("block " + pos)) {
          records.add(
              "1 %d . N <NON_REF> . . END=%d GT:DP:GQ %s%s"
                  .formatted(
                      pos,
                      pos + random.nextInt(60),
                      List.of("0/0", "0/0", "0/0", "./.", "0", "0/.", "0/0/0")
                          .get(random.nextInt(7)),
                      Genotypes.fields(random)));
        }
      } else {
        String alleles = SITES[random.nextInt(SITES.length)];
        if (seen.add(pos + alleles.split(" ")[0])) {
          records.add(
              "1 %d . %s . PASS . GT:DP:GQ %s"
                  .formatted(
                      pos, alleles, Genotypes.random(random, 1 + alleles.split(",").length)));
        }
      }
    }
    Collections.shuffle(records, random);
    return records;
  }

  private static boolean isBlock(String[] record) {
    return record[4].equals("<NON_REF>");
  }

  private static int pos(String[] record) {
    return Integer.parseInt(record[1]);
  }

  private static int end(String[] record) {
    return isBlock(record)
        ? Integer.parseInt(record[7].substring("END=".length()))
        : pos(record) + record[3].length() - 1;
  }

  /** Returns the joined records, with a column for each sample. */
  List<String> records() {
    Map<String, TreeSet<String>> sites = new TreeMap<>();
    files
        .values()
        .forEach(
            file ->
                file.stream()
                    .filter(r -> !isBlock(r))
                    .forEach(
                        r -> {
                          TreeSet<String> alternates =
                              sites.computeIfAbsent(r[1] + " " + r[3], s -> new TreeSet<>());
                          List<String> listed = Arrays.asList(r[4].split(","));
                          for (int i = 0; i < listed.size(); i++) {
                            boolean called =
                                List.of(r[9].split(":")[0].split("[/|]")).contains("" + (i + 1));
                            if (called || !listed.get(i).equals("<NON_REF>")) {
                              alternates.add(listed.get(i));
                            }
                          }
                        }));
    List<String> result = new ArrayList<>();
    sites.forEach(
        (site, alternates) -> {
          int pos = Integer.parseInt(site.split(" ")[0]);
          String ref = site.split(" ")[1];
          List<String> alts = List.copyOf(alternates);
          StringBuilder line =
              new StringBuilder(
                  "1 %d . %s %s . PASS . GT:DP:GQ".formatted(pos, ref, String.join(",", alts)));
          files.values().forEach(file -> line.append(' ').append(genotype(file, pos, ref, alts)));
          result.add(line.toString());
        });
    return result;
  }

  private String genotype(List<String[]> file, int pos, String ref, List<String> alts) {
    String[] speaks = null;
    for (String[] record : file) {
      if (!isBlock(record) && pos(record) == pos && record[3].equals(ref)) {
        return translated(record, alts);
      }
      if (pos(record) <= pos && end(record) >= pos && speaksBefore(record, speaks)) {
        speaks = record;
      }
    }
    if (speaks == null) {
      return absent == AbsentGenotype.REFERENCE ? "0/0" : "./.";
    }
    List<String> alleles = new ArrayList<>();
    for (String allele : speaks[9].split(":")[0].split("[/|]")) {
      boolean hidden = allele.equals(".") || hides(speaks, allele, firstChanged(pos, ref, alts));
      alleles.add(hidden ? "." : "0");
    }
    return String.join("/", alleles) + speaks[9].substring(speaks[9].indexOf(':'));
  }

  private static boolean speaksBefore(String[] record, String[] other) {
    return other == null || span(record).compareTo(span(other)) > 0;
  }

  /** The order is the definition of who speaks among those that begin at one place. */
  private static SpanKey span(String[] record) {
    return new SpanKey(record);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record SpanKey(String[] record) implements Comparable<SpanKey> {
    @Override
    public int compareTo(SpanKey other) {
      return SampleSpan.ORDER.compare(toSpan(record), toSpan(other.record));
    }
  }

  private static SampleSpan toSpan(String[] record) {
    String[] fields = record[9].split(":");
    List<ChangedBases> changes = new ArrayList<>();
    boolean partial = false;
    for (String allele : fields[0].split("[/|]")) {
      if (allele.equals(".")) {
        partial = true;
      } else {
        changes.add(changed(record, allele));
      }
    }
    return new SampleSpan(
        pos(record),
        end(record) - pos(record) + 1L,
        changes.toArray(new ChangedBases[0]),
        partial && !changes.isEmpty(),
        fields[1].equals(".") ? -1 : Integer.parseInt(fields[1]),
        fields[2].equals(".") ? -1 : 1000L * Integer.parseInt(fields[2]));
  }

  private static ChangedBases changed(String[] record, String allele) {
    if (allele.equals("0")) {
      return ChangedBases.NONE;
    }
    String alternate = record[4].split(",")[Integer.parseInt(allele) - 1];
    return switch (alternate) {
      case "T" -> new ChangedBases(0, 1);
      case "C" -> new ChangedBases(0, 1);
      case "A" -> new ChangedBases(1, record[3].length());
      case "G" -> new ChangedBases(1, 3);
      case "TTT" -> new ChangedBases(0, 3);
      case "*", "<NON_REF>" -> new ChangedBases(0, record[3].length());
      default -> ChangedBases.NONE;
    };
  }

  private static boolean hides(String[] record, String allele, int place) {
    ChangedBases changed = changed(record, allele);
    return place >= 0 && changed.has(place - pos(record));
  }

  private static int firstChanged(int pos, String ref, List<String> alts) {
    int first = -1;
    for (String alt : alts) {
      if (alt.equals("<NON_REF>")) {
        continue;
      }
      String[] record = {"1", "" + pos, ".", ref, alt};
      ChangedBases changed = changed(record, "1");
      if (!changed.isNone()) {
        int place = pos + (int) changed.from();
        first = first < 0 ? place : Math.min(first, place);
      }
    }
    return first;
  }

  private static String translated(String[] record, List<String> alts) {
    List<String> own = Arrays.asList(record[4].split(","));
    List<String> alleles = new ArrayList<>();
    for (String allele : record[9].split(":")[0].split("[/|]")) {
      boolean alternate = !allele.equals(".") && !allele.equals("0");
      alleles.add(
          alternate ? "" + (1 + alts.indexOf(own.get(Integer.parseInt(allele) - 1))) : allele);
    }
    return String.join("/", alleles) + record[9].substring(record[9].indexOf(':'));
  }

  /** Returns how many bases are called, each once in a sample. */
  long calledBases() {
    long bases = 0;
    for (List<String[]> file : files.values()) {
      for (int base = 1; base < 400; base++) {
        String[] speaks = null;
        for (String[] record : file) {
          if (pos(record) <= base && end(record) >= base && speaksBefore(record, speaks)) {
            speaks = record;
          }
        }
        bases += speaks != null && !speaks[9].split(":")[0].contains(".") ? 1 : 0;
      }
    }
    return bases;
  }
}
