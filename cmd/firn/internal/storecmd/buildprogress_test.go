package storecmd

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/firn-lang/firn/builtins/build"
)

func TestBuildProgress(t *testing.T) {
	const a, b = "/nix/store/00000000000000000000000000000000-a-1.0.drv", "/nix/store/00000000000000000000000000000001-b.drv"
	p := &buildProgress{}
	p.expect(3)
	p.note(build.Event{Kind: build.Line, Drv: a, Text: "of a build that does not run"})
	p.note(build.Event{Kind: build.Started, Drv: a})
	p.note(build.Event{Kind: build.Started, Drv: b})
	p.note(build.Event{Kind: build.Phase, Drv: b, Text: "check"})
	p.note(build.Event{Kind: build.Line, Drv: b, Text: "\x1b[31mred\x1b[0m\tand \x07long, longer than the terminal is wide"})
	later := time.Now().Add(65 * time.Second)
	assert.Equal(t, "0 of 3 built, 2 running, 3 left\n  a-1.0 1:05\n  b 1:05 (check) red    and long, longe", p.describe(later, 40))
	p.note(build.Event{Kind: build.Ended, Drv: a})
	assert.Equal(t, "1 of 3 built, 1 running, 2 left\n  b 1:05 (check) red    and long, longe", p.describe(later, 40))
	p.note(build.Event{Kind: build.Ended, Drv: b, Interrupted: true})
	assert.Equal(t, "1 of 3 built, 0 running, 2 left", p.describe(later, 40), "what was interrupted is not built")
	p.expect(0) // more than was known in advance
	p.note(build.Event{Kind: build.Started, Drv: a})
	assert.Equal(t, "0 of 1 built, 1 running, 1 left\n  a-1.0 0:00", p.describe(time.Now(), 80))
}
