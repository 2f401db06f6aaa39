package setup

// This file defines how an evaluation is kept from taking the machine with it.

import (
	"os"
	"strconv"
	"strings"
)

// memoryLimit returns how many bytes of values an evaluation may make: three
// quarters of the machine's memory, beyond which everything would come to a
// halt; 0 if that is not known.
func memoryLimit() uint64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		rest, ok := strings.CutPrefix(line, "MemTotal:")
		if !ok {
			continue
		}
		kib, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
		if err == nil {
			return kib << 10 / 4 * 3
		}
	}
	return 0
}
