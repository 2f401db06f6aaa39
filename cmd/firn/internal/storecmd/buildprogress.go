package storecmd

// This file defines what is shown of builds on a terminal: which ones run, for how long, the last line
// of each, and how much is left.

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval/ansi"
)

// A buildProgress knows which builds run.
type buildProgress struct {
	mu      sync.Mutex
	all     int // builds that are needed, as far as that is known
	done    int
	running []*runningBuild // in the order in which they were started
}

// A runningBuild is a build that runs.
type runningBuild struct {
	drv   string
	phase string // that the builder has named; "" for none
	line  string // the last one of the log
	since time.Time
}

// expect says how many builds there are to be.
func (p *buildProgress) expect(all int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all, p.done, p.running = all, 0, nil
}

// note takes what a builder tells.
func (p *buildProgress) note(e build.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.running, func(r *runningBuild) bool { return r.drv == e.Drv })
	switch {
	case e.Kind == build.Started && i < 0:
		p.running = append(p.running, &runningBuild{drv: e.Drv, since: time.Now()})
	case i < 0:
	case e.Kind == build.Line:
		p.running[i].line = e.Text
	case e.Kind == build.Phase:
		p.running[i].phase = e.Text
	case e.Kind == build.Ended:
		p.running = slices.Delete(p.running, i, i+1)
		if !e.Interrupted {
			p.done++
		}
	}
}

// maxShownBuilds is how many builds have a line of their own.
const maxShownBuilds = 8

// describe returns lines for a terminal that is so many columns wide.
func (p *buildProgress) describe(now time.Time, width int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := max(p.all, p.done+len(p.running))
	lines := []string{fmt.Sprintf("%d of %d built, %d running, %d left", p.done, all, len(p.running), all-p.done)}
	for i, r := range p.running {
		if i == maxShownBuilds {
			lines = append(lines, fmt.Sprintf("  and %d more", len(p.running)-i))
			break
		}
		took := now.Sub(r.since).Round(time.Second)
		text := fmt.Sprintf("  %s %d:%02d", drvName(r.drv), int(took.Minutes()), int(took.Seconds())%60)
		if r.phase != "" {
			text += " (" + r.phase + ")"
		}
		if r.line != "" {
			text += " " + r.line
		}
		lines = append(lines, text)
	}
	for i := range lines {
		lines[i] = cut(lines[i], width-1)
	}
	return strings.Join(lines, "\n")
}

// cut returns a text without what a terminal would not print as it is, and at most so many
// characters of it.
func cut(text string, width int) string {
	var out strings.Builder
	for _, r := range ansi.Plain(text) {
		if width--; width < 0 {
			break
		}
		if r == '\t' {
			r = ' '
		}
		if r >= ' ' && r != 0x7f {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// drvName returns the name of a derivation, without its hash part.
func drvName(drvPath string) string {
	base := drvPath[strings.LastIndexByte(drvPath, '/')+1:]
	_, name, _ := strings.Cut(strings.TrimSuffix(base, storepath.DrvExtension), "-")
	return name
}

// showBuilds shows builds on the terminal, if there is one, until stop is called.
func (e *Env) showBuilds(all int) (stop func()) {
	e.builds.expect(all)
	width := terminal.Of(e.Err, e.Getenv).Width
	return e.progress(func(time.Duration) string { return e.builds.describe(time.Now(), width) })
}
