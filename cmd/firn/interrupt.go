package main

// This file defines what Ctrl-C ends at the prompt: the innermost of what is under
// way. What is evaluated while the debugger has stopped something is within that.

import (
	"context"
	"os"
	"os/signal"
	"sync"
)

var interrupts struct {
	sync.Mutex
	cancel []*context.CancelFunc
	signal chan os.Signal
}

// interruptible returns a context that ends at Ctrl-C.
func interruptible(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	i := &interrupts
	i.Lock()
	defer i.Unlock()
	if i.signal == nil {
		i.signal = make(chan os.Signal, 1)
		go func() {
			for range i.signal {
				i.Lock()
				if n := len(i.cancel); n > 0 {
					(*i.cancel[n-1])()
				}
				i.Unlock()
			}
		}()
	}
	if len(i.cancel) == 0 {
		signal.Notify(i.signal, os.Interrupt)
	}
	mine := &cancel
	i.cancel = append(i.cancel, mine)
	return ctx, func() {
		i.Lock()
		defer i.Unlock()
		for n, other := range i.cancel {
			if other == mine {
				i.cancel = append(i.cancel[:n:n], i.cancel[n+1:]...)
				break
			}
		}
		if len(i.cancel) == 0 {
			signal.Stop(i.signal)
		}
		cancel()
	}
}
