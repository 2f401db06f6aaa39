package diff

// This file defines Verdict, and the counts over many programs.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Verdict says how firn's result for a program relates to the reference's.
type Verdict int

const (
	Same           Verdict = iota // the same tree
	FirstMessage                  // both fail, and firn's first message is the reference's
	OtherMessage                  // both fail, and the reference's message is one of firn's
	PositionOnly                  // both fail, and a message of firn has the reference's position
	MessageDiffers                // both fail, for different reasons
	TraceDiffers                  // both fail with the same message, and have come there otherwise
	Intended                      // firn differs on purpose
	NoReference                   // the reference crashed or took too long
	OnlyFirnFails
	OnlyFirnAccepts
	TreeDiffers
	FirnBroken // firn crashed or took too long
	verdicts   // how many there are
)

var verdictNames = [verdicts]string{
	"same tree", "same first message", "same message, not first", "same position only", "different message", "different trace",
	"different on purpose",
	"no answer from the reference", "only firn fails", "only firn accepts", "different tree", "firn broken",
}

func (v Verdict) String() string { return verdictNames[v] }

// Wrong reports that firn is wrong, rather than only worded differently.
func (v Verdict) Wrong() bool { return v >= OnlyFirnFails }

// Accepted reports that the reference accepts the program.
func (v Verdict) Accepted() bool { return v == Same || v == OnlyFirnFails || v == TreeDiffers }

// Compare returns the verdict on two results for the same program.
func Compare(reference, firn Result) Verdict {
	switch {
	case firn.Broken != "":
		return FirnBroken
	case reference.Broken != "":
		return NoReference
	case internal(reference.Messages) && !slices.Equal(reference.Messages, firn.Messages):
		return NoReference
	case len(firn.Messages) > 0 && intended[firn.Messages[0].Text] != "":
		return Intended
	case reference.Tree != "" && firn.Tree == "":
		return OnlyFirnFails
	case reference.Tree == "" && firn.Tree != "":
		return OnlyFirnAccepts
	case reference.Tree != firn.Tree:
		return TreeDiffers
	case reference.Tree != "":
		return Same
	}
	return compareMessages(reference.Messages[0], firn.Messages)
}

// intended are messages of firn that the reference does not have, and why.
var intended = map[string]string{
	"NUL byte in source text": "the reference takes a NUL byte for the end of the file and ignores what follows",
}

// internal reports an exception of the reference that is no error of the
// program. One comes from "%" in the warning about "[ x:% or ]", one from
// builtins.path with recursive = false of a file in the store, and one from
// derivations that it wrote itself: it does not escape quotes in the system.
func internal(messages []Message) bool {
	if len(messages) != 1 || messages[0].Pos != "" {
		return false
	}
	text := messages[0].Text
	return strings.HasPrefix(text, "boost::") || text == "bad optional access" || strings.HasPrefix(text, "error parsing derivation ")
}

func compareMessages(want Message, got []Message) Verdict {
	switch i := slices.Index(got, want); {
	case i == 0:
		return FirstMessage
	case i > 0:
		return OtherMessage
	case slices.ContainsFunc(got, func(m Message) bool { return m.Pos == want.Pos && m.Pos != "" }):
		return PositionOnly
	}
	return MessageDiffers
}

// A Case is one program, as a file, and what became of it.
type Case struct {
	Name      string // of the program; the file can be a copy
	File      string
	Reference Result
	Firn      Result
	Verdict   Verdict
	Evaluated bool // the trees are values, and messages have no position
}

func (c Case) String() string {
	reference, firn := c.Reference, c.Firn
	switch c.Verdict {
	case TreeDiffers:
		reference.Tree, firn.Tree = unlike(reference.Tree, firn.Tree)
	case TraceDiffers:
		return fmt.Sprintf("%s: %v\n--- reference ---\n%s\n--- firn ---\n%s", c.Name, c.Verdict, reference.Trace, firn.Trace)
	}
	return fmt.Sprintf("%s: %v\n--- reference ---\n%s\n--- firn ---\n%s", c.Name, c.Verdict, reference, firn)
}

// unlike returns the parts of two texts that differ, and a little around them.
func unlike(a, b string) (partOfA, partOfB string) {
	const around = 60
	start, end := 0, 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	start, end = max(0, start-around), max(0, end-around)
	return a[start : len(a)-end], b[start : len(b)-end]
}

func (r Result) String() string {
	switch {
	case r.Broken != "":
		return "broken: " + r.Broken
	case r.Tree != "":
		return clip(r.Tree, 2000)
	}
	var lines []string
	for _, m := range r.Messages {
		lines = append(lines, clip(m.String(), 500))
	}
	return strings.Join(lines[:min(len(lines), 5)], "\n")
}

// A Pair is the two sides.
type Pair struct{ Reference, Firn *Side }

// Judge parses the programs on both sides. It fills in what the cases lack.
//
// Where the sides differ, it runs them once more on that file alone: the order
// in which they visit attributes, and so which of several errors comes first,
// depends on the names in the files that the process read before.
func (p Pair) Judge(ctx context.Context, cases []Case) {
	files := make([]string, len(cases))
	for i, c := range cases {
		files[i] = c.File
	}
	reference := p.Reference.Parse(ctx, files)
	firn := p.Firn.Parse(ctx, files)
	for i := range cases {
		c := &cases[i]
		c.Reference, c.Firn = reference[i], firn[i]
		c.Verdict = Compare(c.Reference, c.Firn)
		if c.Verdict != Same && c.Verdict != FirstMessage && len(cases) > 1 {
			p.judgeAlone(ctx, c)
		}
	}
}

func (p Pair) judgeAlone(ctx context.Context, c *Case) {
	file := []string{c.File}
	c.Reference, c.Firn = p.Reference.Parse(ctx, file)[0], p.Firn.Parse(ctx, file)[0]
	c.Verdict = Compare(c.Reference, c.Firn)
}

// First returns the index of the first source that has a verdict of this kind
// (as of Case.Kind), or -1. It runs firn alone on all of them before it asks
// the reference, which takes longer.
func (p Pair) First(ctx context.Context, sources []string, kind, dir string) (int, error) {
	files := make([]string, len(sources))
	for i, src := range sources {
		files[i] = filepath.Join(dir, fmt.Sprintf("candidate%d.nix", i))
		if err := os.WriteFile(files[i], []byte(src), 0o644); err != nil {
			return -1, err
		}
	}
	for i, firn := range p.Firn.Parse(ctx, files) {
		if !possible(firn, kind) {
			continue
		}
		c := Case{Reference: p.Reference.Parse(ctx, files[i:i+1])[0], Firn: firn}
		c.Verdict = Compare(c.Reference, c.Firn)
		if c.Kind() == kind {
			return i, nil
		}
	}
	return -1, nil
}

// possible reports whether a case with this result of firn can be of a kind.
func possible(firn Result, kind string) bool {
	switch kind {
	case FirnBroken.String():
		return firn.Broken != ""
	case TreeDiffers.String(), OnlyFirnAccepts.String():
		return firn.Tree != ""
	case NoReference.String():
		return true
	}
	return len(firn.Messages) > 0
}

// Kind tells which cases show the same difference.
func (c Case) Kind() string {
	if c.Verdict == TraceDiffers {
		reference, firn := unlike(c.Reference.Trace, c.Firn.Trace)
		return fmt.Sprintf("%v: %s | %s", c.Verdict, traceKind(reference), traceKind(firn))
	}
	if c.Verdict == PositionOnly || c.Verdict == MessageDiffers {
		kind := fmt.Sprintf("%v: %s", c.Verdict, messageKind(c.Reference.Messages[0].Text))
		if c.Evaluated {
			kind += " | " + messageKind(c.Firn.Messages[0].Text)
		}
		return kind
	}
	return c.Verdict.String()
}

// Counts sums up many cases. It can be used by several goroutines.
type Counts struct {
	mu       sync.Mutex
	verdicts [verdicts]int
	messages map[string]int // how often firn's message differs, by kind of the reference's
}

// Add counts a case, and reports whether it shows something new: the first
// few of its kind do.
func (n *Counts) Add(c Case) (isNew bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.verdicts[c.Verdict]++
	switch {
	case c.Verdict == NoReference:
		return n.verdicts[c.Verdict] <= 3
	case c.Verdict.Wrong():
		return n.verdicts[c.Verdict] <= 8
	case c.Verdict == PositionOnly || c.Verdict == MessageDiffers || c.Verdict == TraceDiffers:
		if n.messages == nil {
			n.messages = map[string]int{}
		}
		n.messages[c.Kind()]++
		return n.messages[c.Kind()] <= 2
	}
	return false
}

var particular = regexp.MustCompile(`'.*'|\{.*\}|\[ .* \]|"[^"]*"|[^ ]*:\d+:\d+|/nix/store/[^ ,]*|\bt?\d+\b`)

// messageKind leaves out of a message what depends on the program.
func messageKind(text string) string {
	if rest, found := strings.CutPrefix(text, "syntax error, "); found {
		return rest // its quotes hold tokens
	}
	return clip(particular.ReplaceAllString(text, "…"), 100)
}

// traceKind leaves out of part of a trace all but the words of its first line.
func traceKind(part string) string {
	_, part, _ = strings.Cut(part, "\n")
	part, _, _ = strings.Cut(part, "\n")
	return messageKind(part)
}

// Wrong returns the number of cases in which firn is wrong.
func (n *Counts) Wrong() int {
	sum := 0
	for v := range verdicts {
		if v.Wrong() {
			sum += n.verdicts[v]
		}
	}
	return sum
}

// MessageDiffers returns the number of cases that fail for different reasons,
// or differ in how they came there.
func (n *Counts) MessageDiffers() int { return n.verdicts[MessageDiffers] + n.verdicts[TraceDiffers] }

// String is a table of the verdicts, and of the messages that firn words
// differently, most frequent first.
func (n *Counts) String() string {
	var b strings.Builder
	all, failed, accepted := 0, 0, 0
	for v := range verdicts {
		all += n.verdicts[v]
		if v.Accepted() {
			accepted += n.verdicts[v]
		}
	}
	for v := FirstMessage; v <= TraceDiffers; v++ {
		failed += n.verdicts[v]
	}
	fmt.Fprintf(&b, "%d programs, of which the reference accepts %s\n", all, share(accepted, all))
	for v := range verdicts {
		if n.verdicts[v] > 0 {
			fmt.Fprintf(&b, "%9d  %v\n", n.verdicts[v], v)
		}
	}
	exact := n.verdicts[FirstMessage] + n.verdicts[OtherMessage]
	fmt.Fprintf(&b, "where both fail: same message and position %s, first %s; same position only %s; neither %s\n",
		share(exact, failed), share(n.verdicts[FirstMessage], failed),
		share(n.verdicts[PositionOnly], failed), share(n.verdicts[MessageDiffers], failed))
	kinds := make([]string, 0, len(n.messages))
	for kind := range n.messages {
		kinds = append(kinds, kind)
	}
	slices.SortFunc(kinds, func(a, b string) int { return n.messages[b] - n.messages[a] })
	for _, kind := range kinds[:min(len(kinds), 30)] {
		fmt.Fprintf(&b, "%9d  %s\n", n.messages[kind], kind)
	}
	return b.String()
}

func share(part, all int) string {
	return fmt.Sprintf("%.2f %%", 100*float64(part)/float64(max(1, all)))
}
