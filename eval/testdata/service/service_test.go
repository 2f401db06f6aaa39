package service

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firn-lang/firn/corpus/hostile"
	"github.com/firn-lang/firn/eval"
)

var (
	programs = flag.Int("programs", 10_000, "how many hostile programs")
	seed     = flag.Uint64("seed", 1, "of the random ones")
	verbose  = flag.Bool("slow", false, "log programs that take long")
)

var ctx = context.Background()

func service(t *testing.T) *Service {
	t.Helper()
	s, err := New(ctx, "production")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConfig(t *testing.T) {
	c := service(t).Config
	got := fmt.Sprintln(c.Name, c.Listen, c.Timeout, c.Currencies, c.Handle.Kind())
	want := "prices-production {0.0.0.0 8080} 1m30s map[chf:{chf 0.95} eur:{eur 1} usd:{usd 1.1}] lambda\n"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// check asks for a price, and compares it with what it is.
func check(t *testing.T, s *Service, i int) {
	items := []string{"apple", "pear", "melon", "stone"}
	prices := []int{30, 45, 250}
	k := i % len(items)
	count := i%100 + 1
	a, err := s.Handle(ctx, Request{Item: items[k], Count: count})
	if k == 3 {
		var e *eval.Error
		if !errors.As(err, &e) || e.Kind != eval.ErrThrow || e.Msg != "there is no stone" {
			t.Errorf("request %d: %v", i, err)
		}
		return
	}
	want := Answer{items[k], count, prices[k] * count, fmt.Sprint(count, " ", items[k])}
	if err != nil || a != want {
		t.Errorf("request %d: got %v and %v, want %v", i, a, err, want)
	}
}

// TestRequests serves requests from a thousand goroutines.
func TestRequests(t *testing.T) {
	s := service(t)
	var wg sync.WaitGroup
	for g := range 1000 {
		wg.Go(func() {
			for i := range 50 {
				check(t, s, 50*g+i)
			}
		})
	}
	wg.Wait()
	t.Logf("%+v", s.Stats())
}

// memory returns how many bytes the Go heap and the values of s take once all
// that can be given back was.
func memory(t *testing.T, s *Service) (values, golang uint64) {
	t.Helper()
	for range 3 {
		runtime.GC()
		if err := s.Collect(ctx); err != nil {
			t.Fatal(err)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return s.Stats().HeapUsed, m.HeapAlloc
}

// TestHostile evaluates programs that want more than their share, while others
// ask for prices.
func TestHostile(t *testing.T) {
	s := service(t)
	n := *programs
	if testing.Short() {
		n = min(n, 500)
	}
	collected := hostile.Collected()
	source := func(i int) hostile.Program {
		if i < len(collected) {
			return collected[i]
		}
		return hostile.Generate(*seed+uint64(i), 1)[0]
	}
	var values, golang []uint64
	for from := 0; from < n; from += max(1, n/5) {
		to := min(n, from+max(1, n/5))
		work := make(chan int)
		var wg sync.WaitGroup
		for range 2 * runtime.GOMAXPROCS(0) {
			wg.Go(func() {
				for i := range work {
					attack(t, s, source(i))
					check(t, s, i)
				}
			})
		}
		for i := from; i < to; i++ {
			work <- i
		}
		close(work)
		wg.Wait()
		v, g := memory(t, s)
		values, golang = append(values, v), append(golang, g)
		t.Logf("after %d programs: %d KiB of values, %d KiB of Go's, %+v", to, v>>10, g>>10, s.Stats())
	}
	// Compiled regular expressions and the like are kept, up to a bound that two
	// fifths of ten thousand programs reach. Fewer do not tell.
	for i := 2; i < len(values) && n >= 5000; i++ {
		if values[i] > values[1]+4<<20 || golang[i] > golang[1]+48<<20 {
			t.Errorf("memory is not flat: values %d, Go's %d", values, golang)
			break
		}
	}
}

func attack(t *testing.T, s *Service, p hostile.Program) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	start := time.Now()
	text, err := s.Evaluate(ctx, p.Source)
	if d := time.Since(start); *verbose && d > 3*time.Second {
		t.Logf("%s took %v: %v\n%.300s", p.Name, d, err, p.Source)
	}
	var e *eval.Error
	switch {
	case ctx.Err() != nil:
		t.Errorf("%s does not end", p.Name)
	case p.Kind == "harmless":
		if err != nil || string(text) != p.Want {
			t.Errorf("%s: got %s and %v, want %s", p.Name, text, err, p.Want)
		}
	case err != nil && !errors.As(err, &e):
		t.Errorf("%s: %v is not an *eval.Error", p.Name, err)
	case err != nil && strings.Contains(e.Msg, "internal error"):
		t.Errorf("%s: %v\n%.2000s", p.Name, err, p.Source)
	}
}
