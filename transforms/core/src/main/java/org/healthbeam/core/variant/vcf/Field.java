package org.healthbeam.core.variant.vcf;

/**
 * What a key of INFO or FORMAT may hold, as the header or the specification declares it.
 *
 * @param id the key
 * @param number how many values
 * @param type of which type
 */
public record Field(String id, FieldNumber number, FieldType type) {}
