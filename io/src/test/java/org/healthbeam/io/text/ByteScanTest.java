package org.healthbeam.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ByteScanTest {
  @Property
  void whatIsFoundIsWhatAWalkFinds(
      @ForAll @Size(max = 40) byte[] bytes, @ForAll byte wanted, @ForAll byte more) {
    // Neighbours of the wanted byte, and itself, are where arithmetic on many could go wrong.
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (wanted + (bytes[i] & 3) - 1);
    }
    for (byte each : new byte[] {wanted, more}) {
      for (int from = 0; from <= bytes.length; from++) {
        int first = -1;
        int n = 0;
        for (int i = bytes.length - 1; i >= from; i--) {
          if (bytes[i] == each) {
            first = i;
            n++;
          }
        }
        assertEquals(first, ByteScan.first(bytes, each, from, bytes.length));
        assertEquals(n, ByteScan.count(bytes, each, from, bytes.length));
      }
    }
  }
}
