package daemon

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var rings atomic.Int32
		a := newAlarm(func() { rings.Add(1) })
		defer a.stop()
		after := func(d time.Duration, want int) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			assert.EqualValues(t, want, rings.Load())
		}
		a.set(10 * time.Second)
		after(9*time.Second, 0)
		a.set(10 * time.Second) // which is 10 s from now
		after(9*time.Second, 0)
		after(2*time.Second, 1)
		after(time.Hour, 1)
		a.set(10 * time.Second)
		a.clear()
		after(time.Hour, 1)
		a.set(time.Second)
		after(2*time.Second, 2)
		a.set(time.Second)
		a.clear()
		a.set(3 * time.Second)
		after(2*time.Second, 2)
		after(2*time.Second, 3)
	})
}
