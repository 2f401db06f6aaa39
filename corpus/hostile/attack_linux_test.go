package hostile_test

// This file defines the attack: every program of the table against a limit of memory, a
// limit of time, and a cancel. What a process takes is known from Linux.

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus/hostile"
	"github.com/firn-lang/firn/eval"
)

var measure = flag.Bool("measure", false, "print the memory and the times of each attack")

const (
	attackMemory = 16 << 20 // the limit of memory
	// attackTime ends those that take no memory while memory is attacked.
	attackTime = 500 * time.Millisecond
	// attackRoom is what a process may take on top of 1.5 times the limit: an evaluator with
	// its builtins, the pieces in which its heap grows, and what Go's collector takes.
	attackRoom = 12 << 20
	// attackFree is the limit of memory while time is attacked.
	attackFree = 512 << 20
)

// TestAttack runs each attack with a limit of memory, and compares the most memory
// that the process had with the limit; then with a limit of time and with a cancel, which
// must end it. How soon that happens depends on the machine: -v -measure prints it.
func TestAttack(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	var late [2]lateness
	var most uint64
	for _, a := range hostile.Attacks() {
		t.Run(a.Name, func(t *testing.T) {
			peak, err := attackForMemory(t, a)
			assertEnds(t, err)
			assert.LessOrEqual(t, peak, uint64(attackMemory/2*3+attackRoom), "bytes, at most; it ended with: %.200v", err)
			overrun := attackForTime(t, a)
			noticed := attackForCancel(t, a)
			most, late[0], late[1] = max(most, peak), late[0].max(overrun), late[1].max(noticed)
			if *measure {
				t.Logf("%5.1f MiB; limit of time %v late, cancel noticed after %v; %.60v",
					float64(peak)/(1<<20), overrun, noticed, err)
			}
		})
	}
	if *measure {
		t.Logf("at most %.1f MiB; limit of time %v late, cancel noticed after %v", float64(most)/(1<<20), late[0], late[1])
	}
}

// attackForMemory returns the most memory that the process took for an attack, and how that ended.
func attackForMemory(t *testing.T, a hostile.Attack) (peak uint64, err error) {
	debug.FreeOSMemory()
	if os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) != nil { // the peak is the present
		t.Skip("the peak of memory is unknown here")
	}
	before := peakMemory(t)
	// What is garbage of Go's is no attack: without this there may be as much as there is that is not.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(goMemory() + attackMemory))
	err = run(context.Background(), t, a, eval.Limits{Memory: attackMemory, Time: attackTime})
	// The peak is rounded by the system, and can be a few pages below what it was.
	return max(peakMemory(t), before) - before, err
}

// A lateness is how long an attack went on after it was to end.
type lateness struct{ wall, cpu time.Duration }

func (l lateness) String() string {
	return fmt.Sprintf("%v (CPU %v)", l.wall.Round(time.Millisecond), l.cpu.Round(time.Millisecond))
}

func (l lateness) max(m lateness) lateness { return lateness{max(l.wall, m.wall), max(l.cpu, m.cpu)} }

// A moment is a time, and the CPU time that the process had taken then. Where others
// keep the machine busy, the latter tells more.
type moment struct {
	wall time.Time
	cpu  time.Duration
}

func now() moment {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return moment{time.Now(), time.Duration(r.Utime.Nano() + r.Stime.Nano())}
}

func (m moment) lateness() lateness {
	end := now()
	return lateness{max(0, end.wall.Sub(m.wall)), end.cpu - m.cpu}
}

// attackDelay is when a limit of time, or a cancel, ends an attack.
const attackDelay = 50 * time.Millisecond

// attackForTime returns how late a limit of time ended an attack.
func attackForTime(t *testing.T, a hostile.Attack) lateness {
	return attackUntil(context.Background(), t, a, eval.Limits{Memory: attackFree, Time: attackDelay})
}

// attackForCancel returns how long an attack went on after a cancel.
func attackForCancel(t *testing.T, a hostile.Attack) lateness {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	timer := time.AfterFunc(attackDelay, cancel)
	defer timer.Stop()
	return attackUntil(ctx, t, a, eval.Limits{Memory: attackFree})
}

// attackUntil returns how long an attack took beyond attackDelay.
func attackUntil(ctx context.Context, t *testing.T, a hostile.Attack, limits eval.Limits) lateness {
	debug.FreeOSMemory()
	end := make(chan moment, 1)
	timer := time.AfterFunc(attackDelay, func() { end <- now() })
	assertEnds(t, run(ctx, t, a, limits))
	if timer.Stop() {
		return lateness{}
	}
	return (<-end).lateness()
}

// assertEnds asserts that an attack ended in a way that it may.
func assertEnds(t *testing.T, err error) {
	t.Helper()
	var p *eval.PanicError
	assert.False(t, errors.As(err, &p), "%v", err)
	var e *eval.Error
	if errors.As(err, &e) {
		assert.NotEqual(t, "internal", e.Code, "%v", err)
	}
}

// run evaluates an attack in an evaluator of its own, as one evaluation.
func run(ctx context.Context, t *testing.T, a hostile.Attack, limits eval.Limits) error {
	ev, err := eval.New(eval.Options{Limits: limits, Trace: func(string) {}, Store: eval.Memory(""), Features: []string{"flakes"}})
	require.NoError(t, err)
	return ev.Run(ctx, func(ctx context.Context) error {
		v, err := ev.EvalString(ctx, a.Source)
		if err != nil && a.As == hostile.AsReport {
			fmt.Fprint(io.Discard, err.Error(), ev.Explain(err))
		}
		if err != nil {
			return err
		}
		return take(ctx, v, a.As)
	})
}

// take takes the value of an attack.
func take(ctx context.Context, v eval.Value, as string) error {
	opt := eval.FormatOptions{Form: eval.Form(as)}
	switch as {
	case "", hostile.AsReport:
		return v.DeepForce(ctx)
	case hostile.AsJSON:
		_, err := v.JSON(ctx)
		return err
	case hostile.AsAny:
		var x any
		return eval.Decode(ctx, v, &x)
	case hostile.AsPretty:
		opt = eval.FormatOptions{Pretty: true}
	case hostile.AsIndent:
		opt = eval.FormatOptions{Form: eval.FormJSON, Pretty: true}
	case hostile.AsKeeping:
		opt = eval.FormatOptions{Form: eval.FormJSON, OnError: func(*eval.FormatError) error { return nil }}
	}
	return v.Format(ctx, io.Discard, opt)
}

// peakMemory returns the most memory that the process had, in bytes.
func peakMemory(t *testing.T) uint64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	_, line, found := bytes.Cut(status, []byte("VmHWM:"))
	require.True(t, found)
	line, _, _ = bytes.Cut(line, []byte("kB"))
	n, err := strconv.ParseUint(string(bytes.TrimSpace(line)), 10, 64)
	require.NoError(t, err)
	return n << 10
}

// goMemory returns how many bytes Go has from the system.
func goMemory() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}

// TestAttacks looks at the table.
func TestAttacks(t *testing.T) {
	attacks := hostile.Attacks()
	assert.GreaterOrEqual(t, len(attacks), 80)
	seen := map[string]bool{}
	for _, a := range attacks {
		assert.False(t, seen[a.Name], "%s is there twice", a.Name)
		seen[a.Name] = true
		assert.NotEmpty(t, a.Aim, "%s", a.Name)
	}
}
