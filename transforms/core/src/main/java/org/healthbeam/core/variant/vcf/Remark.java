package org.healthbeam.core.variant.vcf;

/**
 * A rule that a file breaks without anything being rejected for it.
 *
 * @param rule the rule
 * @param line where it is broken first, from 1
 * @param column of that line, from 1, or 0 if it is about the whole line
 * @param n how many lines break it
 */
public record Remark(VcfRule rule, long line, int column, long n) {}
