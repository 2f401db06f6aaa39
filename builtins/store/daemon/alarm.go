package daemon

// This file defines alarm.

import (
	"sync/atomic"
	"time"
)

// An alarm calls a function once a time has passed, unless it is cleared before. It is
// set and cleared with each question and answer, and so leaves its timer running: to
// start one wakes a thread of the runtime each time.
type alarm struct {
	ring    func()
	timer   *time.Timer
	due     atomic.Int64 // when to ring, in nanoseconds since began; 0 if it is cleared
	running atomic.Bool  // the timer is going to call fire
	began   time.Time
}

// newAlarm returns an alarm that is not set. ring is called in a goroutine of its own.
func newAlarm(ring func()) *alarm {
	a := &alarm{ring: ring, began: time.Now()}
	a.timer = time.AfterFunc(time.Hour, a.fire)
	a.timer.Stop()
	return a
}

// set makes the alarm ring after d, or later if it was set for later before.
func (a *alarm) set(d time.Duration) {
	a.due.Store(int64(time.Since(a.began) + d))
	if a.running.CompareAndSwap(false, true) {
		a.timer.Reset(d)
	}
}

// clear makes sure that the alarm does not ring until it is set again, unless it is
// ringing.
func (a *alarm) clear() { a.due.Store(0) }

// stop ends the alarm for good.
func (a *alarm) stop() {
	a.clear()
	a.timer.Stop()
}

// fire rings, or waits for what is left.
func (a *alarm) fire() {
	for {
		due := a.due.Load()
		left := time.Duration(due) - time.Since(a.began)
		switch {
		case due != 0 && left > 0:
			a.timer.Reset(left)
			return
		case due != 0:
			if a.due.CompareAndSwap(due, 0) {
				a.ring()
			}
			continue
		}
		a.running.Store(false)
		if a.due.Load() == 0 || !a.running.CompareAndSwap(false, true) {
			return
		}
		// It was set meanwhile, by one who took the timer for running.
	}
}
