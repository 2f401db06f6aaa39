package setup

// This file defines how signals end a command: Ctrl-C, a terminal that is closed, Ctrl-\,
// and a reader of its output that has gone.

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	// grace is how long an interrupted evaluation may take to stop in order.
	grace = 60 * time.Millisecond
	// buildGrace is how long that may take while something is built.
	buildGrace = 10 * time.Second
	// quitStatus is the exit status after SIGQUIT, as shells have it of a program that the
	// signal ends.
	quitStatus = 128 + 3
)

// ErrInterrupted is the cause for which the context of Interruptible ends. As an error
// it is context.Canceled, too.
var ErrInterrupted error = interrupted{}

type interrupted struct{}

func (interrupted) Error() string        { return "interrupted by the user" }
func (interrupted) Is(target error) bool { return target == context.Canceled }

var (
	// interruptible is how many contexts of Interruptible have not been stopped.
	interruptible atomic.Int32
	// building is how many calls of Building have not been released.
	building atomic.Int32
	// readerGone has the channels of Interruptible that are told of a broken pipe.
	readerGone struct {
		sync.Mutex
		tell map[chan<- os.Signal]bool
	}
)

// EndSignals returns the signals that end a command in order: that of Ctrl-C, that by which
// services are stopped, and that of a terminal that was closed, unless nohup ignores it.
func EndSignals() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if hangupSignal != nil && !signal.Ignored(hangupSignal) {
		list = append(list, hangupSignal)
	}
	return list
}

// QuitQuietly makes SIGQUIT end the program with the status 131, and without the dump that
// programs in Go make. What is interruptible is interrupted before.
func QuitQuietly() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGQUIT)
	go func() {
		for range signals {
			if interruptible.Load() == 0 { // otherwise, Interruptible sees to it
				os.Exit(quitStatus)
			}
		}
	}()
}

// Interruptible returns a context that ends when the user interrupts the program, or one of
// the other signals comes that end it, or while something is built the reader of its output
// has gone. If that is not noticed soon, the program ends. stop ends
// the watch; after SIGQUIT, it ends the program instead.
func (s *Streams) Interruptible() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	interruptible.Add(1)
	signal.Notify(signals, append(EndSignals(), syscall.SIGQUIT)...)
	readerGone.Lock()
	if readerGone.tell == nil {
		readerGone.tell = map[chan<- os.Signal]bool{}
	}
	readerGone.tell[signals] = true
	readerGone.Unlock()
	done := make(chan struct{})
	var quit atomic.Bool
	go func() {
		var why os.Signal
		select {
		case <-done:
			return
		case why = <-signals:
			quit.Store(why == syscall.SIGQUIT)
			cancel(ErrInterrupted)
		}
		wait(done)
		status := 1
		if quit.Load() {
			status = quitStatus
		}
		select {
		case <-done:
			if quit.Load() { // what there is to say was said
				os.Exit(status)
			}
		default:
			fmt.Fprintln(s.Err, "error: interrupted by the user")
			os.Exit(status)
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		readerGone.Lock()
		delete(readerGone.tell, signals)
		readerGone.Unlock()
		close(done)
		cancel(nil)
		if quit.Load() {
			select {} // until the program ends
		}
		interruptible.Add(-1)
	}
}

// wait waits until an interrupted command is done, or has had its time.
func wait(done <-chan struct{}) {
	for begun := time.Now(); ; {
		select {
		case <-done:
			return
		case <-time.After(grace):
			if building.Load() == 0 || time.Since(begun) > buildGrace {
				return
			}
		}
	}
}

// Building says that builders may run until release is called. An interrupted program
// gives them the time to end and to be cleaned up after. A reader of the program's
// standard output or error that has gone interrupts it, where otherwise that ends programs
// at once.
func Building() (release func()) {
	building.Add(1)
	end := watchReaders(func(sig os.Signal) {
		readerGone.Lock()
		defer readerGone.Unlock()
		for signals := range readerGone.tell {
			select {
			case signals <- sig:
			default: // it is interrupted already
			}
		}
	})
	return sync.OnceFunc(func() {
		end()
		building.Add(-1)
	})
}
