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

// ErrInterrupted is the cause for which the context of Interruptible ends. As an error
// it is context.Canceled, too.
var ErrInterrupted error = interrupted{}

type interrupted struct{}

func (interrupted) Error() string        { return "interrupted by the user" }
func (interrupted) Is(target error) bool { return target == context.Canceled }

// Interruptible returns a context that ends when the user interrupts the
// program. If that is not noticed soon, the program ends. stop ends the watch.
func (s *Streams) Interruptible() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case <-done:
			return
		case <-signals:
			cancel(ErrInterrupted)
		}
		select {
		case <-done:
		case <-time.After(grace):
			fmt.Fprintln(s.Err, "error: interrupted by the user")
			os.Exit(1)
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
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
