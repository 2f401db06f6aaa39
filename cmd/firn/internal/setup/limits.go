package setup

// This file defines how an evaluation is kept from taking the machine with it:
// by interrupting it, and by a limit of memory.

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// grace is how long an interrupted evaluation may take to stop in order.
const grace = 60 * time.Millisecond

// Interruptible returns a context that ends when the user interrupts the
// program. If that is not noticed soon, the program ends. stop ends the watch.
func (s *Streams) Interruptible() (ctx context.Context, stop func()) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case <-done:
			return
		case <-ctx.Done():
		}
		select {
		case <-done:
		case <-time.After(grace):
			fmt.Fprintln(s.Err, "error: interrupted by the user")
			os.Exit(1)
		}
	}()
	return ctx, func() {
		close(done)
		cancel()
	}
}

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
