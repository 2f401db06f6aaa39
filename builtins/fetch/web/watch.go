package web

// This file defines watch, which ends transfers that do not get on.

import (
	"context"
	"sync"
	"time"
)

// A watch cancels a transfer that got less than a byte a second for as long as limit says.
type watch struct {
	limit  time.Duration
	cancel context.CancelCauseFunc

	mu    sync.Mutex
	bytes int64 // since the timer was set
	timer *time.Timer
	done  bool
}

func newWatch(limit time.Duration, cancel context.CancelCauseFunc) *watch {
	w := &watch{limit: limit, cancel: cancel}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer = time.AfterFunc(limit, w.look)
	return w
}

// look is called when limit has passed.
func (w *watch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.done:
	case float64(w.bytes) < max(w.limit.Seconds(), 1):
		w.cancel(errStalled)
	default:
		w.bytes = 0
		w.timer.Reset(w.limit)
	}
}

// add says that n bytes came.
func (w *watch) add(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes += int64(n)
}

func (w *watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done = true
	w.timer.Stop()
}
