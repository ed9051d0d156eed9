package org.healthbeam.io.vcf;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sequences as references have them: by their numbers, then X, Y and the mitochondrion, with or
 * without {@code chr}, then all others by their characters.
 */
final class ContigOrder implements Comparator<String>, Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern NAME = Pattern.compile("(?:chr)?(?:(\\d{1,9})|(X)|(Y)|(MT?))");
  private static final long OTHER = Long.MAX_VALUE;

  @Override
  public int compare(String a, String b) {
    int byRank = Long.compare(rank(a), rank(b));
    return byRank != 0 ? byRank : a.compareTo(b);
  }

  private static long rank(String contig) {
    Matcher name = NAME.matcher(contig);
    if (!name.matches()) {
      return OTHER;
    }
    if (name.group(1) != null) {
      return Long.parseLong(name.group(1));
    }
    for (int letter = 2; letter <= 4; letter++) {
      if (name.group(letter) != null) {
        return Integer.MAX_VALUE + (long) letter;
      }
    }
    return OTHER;
  }
}
