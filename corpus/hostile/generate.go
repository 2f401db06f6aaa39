package hostile

// This file defines Generate: how a program is chosen, wrapped and mixed.

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// Generate returns n programs made at random from the seed, the same for the
// same seed. Program i depends on the seed and i only, so fewer programs are
// the first of more.
//
// About a fifth are harmless, a fifth bombs as they are, a third wrapped in
// something, and the rest mixes of two, damaged ones, and parse bombs. All but
// some parse bombs are below 10 kB; those, one in a hundred, are up to 1 MB.
func Generate(seed uint64, n int) []Program {
	programs := make([]Program, n)
	for i := range programs {
		g := &generator{rand.New(rand.NewPCG(seed, uint64(i)))}
		programs[i] = g.program()
		programs[i].Name = fmt.Sprintf("%06d-%s", i, programs[i].Name)
	}
	return programs
}

// A generator is the source of chance for one program.
type generator struct{ *rand.Rand }

// program returns a program whose name says how it was made.
func (g *generator) program() Program {
	switch p := g.IntN(100); {
	case p < 20:
		return g.harmless()
	case p < 40:
		b := g.bomb()
		return Program{Name: "plain-" + b.kind, Source: b.text, Kind: b.kind}
	case p < 72:
		b := g.wrapped(g.bomb())
		return Program{Name: "wrapped-" + b.kind, Source: b.text, Kind: b.kind}
	case p < 82:
		b := g.mixed()
		return Program{Name: "mixed-" + b.kind, Source: b.text, Kind: b.kind}
	case p < 97:
		b := g.bomb()
		return Program{Name: "mutated-" + b.kind, Source: g.mutate(b.text), Kind: "mutated"}
	case p < 99:
		return g.parseBomb(1000)
	default:
		return g.parseBomb(maxBytes)
	}
}

// A template is an expression with holes, which expand fills, and what it
// attacks.
type template struct{ kind, text string }

// bomb returns an expression without holes: one of the collected programs, a
// template, or a loop around a step.
func (g *generator) bomb() template {
	switch g.IntN(10) {
	case 0, 1:
		p := pick(g, written())
		return template{p.Kind, p.Source}
	case 2, 3, 4, 5, 6:
		b := pick(g, bombs)
		return template{b.kind, g.expand(b.text)}
	default:
		return g.loop()
	}
}

// loop returns a way to repeat a step for ever, or too often.
func (g *generator) loop() template {
	s, l := pick(g, steps), pick(g, loops)
	text := strings.NewReplacer("$F", s.step, "$I", s.initial).Replace(l.text)
	kind := l.kind
	if kind == "" {
		kind = s.kind
	}
	return template{kind, g.expand(text)}
}

// wrapped returns the bomb with something around it, mostly one thing.
func (g *generator) wrapped(b template) template {
	for again := true; again; again = g.IntN(3) == 0 && len(b.text) < 2000 {
		b.text = g.around(pick(g, wraps), b.text)
	}
	return b
}

// mixed returns two bombs in one expression; it is of the first one's kind.
func (g *generator) mixed() template {
	b := g.bomb()
	b.text = g.around(pick(g, mixes), b.text, g.bomb().text)
	if g.IntN(3) == 0 {
		b = g.wrapped(b)
	}
	return b
}

// around fills the holes of a template. Those for bombs, $X, are filled from
// the left, again from the first when there are no more; $Q is the first as a
// string.
func (g *generator) around(text string, bombs ...string) string {
	next := 0
	return holes.ReplaceAllStringFunc(text, func(hole string) string {
		switch hole {
		case "$X":
			next++
			return inParentheses(bombs[(next-1)%len(bombs)])
		case "$Q":
			return quote(bombs[0])
		}
		return g.fill(hole)
	})
}

// inParentheses ends the line, as a comment may be last.
func inParentheses(text string) string { return "(" + text + "\n)" }

func (g *generator) parseBomb(bytes int) Program {
	b := pick(g, parseBombs)
	n := min(g.size(10, maxUnits), b.units(bytes))
	return Program{Name: "parse-" + b.name, Source: b.source(n), Kind: "parse"}
}

var holes = regexp.MustCompile(`\$[A-Z]`)

// expand fills the holes of a text, and those in what it fills in:
//
//	$N  a size up to a billion       $D  a size up to a million    $K  a small number
//	$S  a string literal             $V  a value of little work    $C  a comparator
//	$O  an operator on numbers       $P  a path                    $U  a builtin of one argument
//	$H  the name of a hash           $R  a regular expression
func (g *generator) expand(text string) string {
	return holes.ReplaceAllStringFunc(text, g.fill)
}

func (g *generator) fill(hole string) string {
	switch hole {
	case "$N":
		return fmt.Sprint(g.size(10, 1_000_000_000))
	case "$D":
		return fmt.Sprint(g.size(10, 1_000_000))
	case "$K":
		return fmt.Sprint(2 + g.IntN(39))
	}
	return g.expand(pick(g, fillings[hole]))
}

// size returns a number between two powers of ten, each power as likely.
// It uses no logarithm, as those are not the same on all machines.
func (g *generator) size(least, most int) int {
	powers := 0
	for n := least; n < most; n *= 10 {
		powers++
	}
	n := least
	for range g.IntN(powers) {
		n *= 10
	}
	return n + g.IntN(9*n+1)
}

// pick returns one of the elements.
func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// quote returns a string literal.
func quote(s string) string { return `"` + escapes.Replace(s) + `"` }
