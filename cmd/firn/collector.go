package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// This file defines when Go's garbage is collected.

// Percentages of garbage, of what is live, that there may be before it is collected. With that of a
// small program its memory is 8 MiB at least, with the other one 16. Trees are kept, so that
// collecting often finds little: at Go's default of 100 it takes a quarter of the time of parsing.
const (
	gcSmall = 200
	gcLarge = 400
)

// gcLargeFrom is how many live bytes make a program large.
const gcLargeFrom = 3 << 20

// tuneCollector sets the percentages, unless the environment does.
func tuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcSmall)
		afterCollection()
	}
}

// afterCollection looks at what is live after the next collection, and after those that follow,
// until it is much.
func afterCollection() {
	// More than 16 bytes, since Go keeps several smaller objects as one.
	runtime.AddCleanup(new([32]byte), func(struct{}) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		if metrics.Read(live); live[0].Value.Uint64() >= gcLargeFrom {
			debug.SetGCPercent(gcLarge)
			return
		}
		afterCollection()
	}, struct{}{})
}
