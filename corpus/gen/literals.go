package gen

// This file defines literals: numbers, strings, paths and URIs.

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

func (g *generator) integer() {
	switch {
	case g.chance(0.6):
		g.tok(strconv.Itoa(g.IntN(20)))
	case g.chance(0.5):
		g.tok(strconv.FormatInt(g.Int64(), 10))
	default:
		g.tok(pick(g.Rand, "0", "00", "007", "9223372036854775807", "9223372036854775806", "4294967296", "0000000000000000000000001"))
	}
}

func (g *generator) float() {
	s := pick(g.Rand, "1.", "1.5", ".5", "0.5", "0.0", ".0", "10.25", "3.14159265358979", "123456789.0", "1000000.", "0.1", "100000.0", "999999.5")
	if g.chance(0.2) {
		s = strconv.FormatFloat(g.Float64()*100+1, 'f', 1+g.IntN(17), 64)
	}
	if g.chance(0.3) {
		s += pick(g.Rand, "e", "E") + pick(g.Rand, "", "+", "-") + pick(g.Rand, "0", "1", "05", "7", "15", "16", "17", "100", "290")
	}
	g.tok(s)
}

// quoted writes a "string".
func (g *generator) quoted() { g.quotedParts(g.IntN(5), 0.3) }

func (g *generator) quotedWithInterpolation() { g.quotedParts(1+g.IntN(2), 1) }

func (g *generator) quotedParts(n int, interpolated float64) {
	g.tok(`"`)
	for range n {
		if !g.full() && g.chance(interpolated) {
			g.interpolation()
		}
		g.part(quotedParts)
	}
	if g.chance(0.05) {
		g.raw(strings.Repeat("$", 1+g.IntN(3)))
	}
	g.raw(`"`)
}

// interpolation writes ${expr} inside a string or path.
func (g *generator) interpolation() {
	g.raw("${")
	g.expr()
	g.tok("}")
}

// A part is one kind of text in a string. No part may end in "$" where the
// next one could continue with "{", nor in "'".
type part struct {
	name string
	text func(*layout) string
}

func (g *generator) part(parts []part) {
	p := parts[g.IntN(len(parts))]
	g.chosen[p.name] = true
	g.raw(p.text(g.layout))
}

func oneOf(xs ...string) func(*layout) string {
	return func(l *layout) string { return pick(l.Rand, xs...) }
}

var plainText = oneOf("a", "foo", "  two words ", "x=1;", "{ }", "é", "日本語", "🎉", "#", "/* */", "''a", "0", "\t", "\x7f", "\x01", "\xff", "\xc3", "--", "@", "}")

var quotedParts = []part{
	{"string: text", plainText},
	{"string: text", plainText},
	{"string: escape", oneOf(`\n`, `\r`, `\t`, `\\`, `\"`, `\$`, `\${`, `\\\"`, `\${}`)},
	{"string: useless escape", oneOf(`\a`, `\'`, `\0`, `\x41`, `\{`, `\é`, `\ `, "\\\x8a", "\\\n", "\\\r", "\\\r\n")},
	{"string: newline", func(l *layout) string { return l.newline + strings.Repeat(" ", l.IntN(4)) }},
	{"string: $", dollars},
	{"string: $${", dollarsBrace},
	{"string: $$", oneOf("$$", "$$$$")},
	{"string: quotes", oneOf("''a", "'b", "''' ", "''$${'")},
}

// dollars returns "$" signs that are text, as the next byte shows.
func dollars(l *layout) string {
	return strings.Repeat("$", 1+l.IntN(4)) + pick(l.Rand, "a", " ", "-", "}", "(", "$$ ", "\n")
}

// dollarsBrace returns an even number of "$" and "{", which is all text.
func dollarsBrace(l *layout) string {
	return strings.Repeat("$$", 1+l.IntN(2)) + "{" + pick(l.Rand, "", "x", "x}")
}

// indented writes an ”indented string”.
func (g *generator) indented() {
	g.tok("''")
	if g.chance(0.6) {
		g.chosen["indented: first newline"] = true
		g.raw(strings.Repeat(" ", g.IntN(4)) + g.newline)
	}
	base := strings.Repeat(" ", g.IntN(6))
	for range g.IntN(5) {
		g.indentedLine(base)
	}
	if g.chance(0.6) {
		g.raw(strings.Repeat(" ", g.IntN(6)))
	}
	g.raw("''")
	g.forbid = `'$\`
}

func (g *generator) indentedLine(base string) {
	switch {
	case g.chance(0.15):
		g.chosen["indented: blank line"] = true
		g.raw(strings.Repeat(" ", g.IntN(8)))
	case g.chance(0.05):
		g.chosen["indented: tab"] = true
		g.raw(base + "\t")
	default:
		g.raw(base + strings.Repeat(" ", g.IntN(3)))
		if !g.full() && g.chance(0.15) {
			g.chosen["indented: ${} at the start"] = true
			g.interpolation()
		}
	}
	for range g.IntN(3) {
		g.part(indentedParts)
		if !g.full() && g.chance(0.15) {
			g.interpolation()
		}
	}
	if g.chance(0.85) {
		g.raw(g.newline)
	}
}

var indentedText = oneOf("a", "foo", "  two words ", "x=1;", "{ }", "é", "日本語", "#", "/* */", "0", "\t", "\"", "\\n", "\\", "\xff", "\xc3", "@", "}")

var indentedParts = []part{
	{"indented: text", indentedText},
	{"indented: text", indentedText},
	{"indented: text", indentedText},
	{"indented: ''$", oneOf("''$", "''${", "''${x}", "''$$ ", "''$''$")},
	{"indented: '''", oneOf("'''", "'''a", "'''''' ", "'''''$")},
	{"indented: ''\\", oneOf(`''\n`, `''\r`, `''\t`, `''\a`, `''\\`, `''\'`, `''\"`, `''\$`, `''\${`, `''\ `, `''\é`, "''\\\x8a", "''\\\n", "''\\\r\n")},
	{"indented: $", dollars},
	{"indented: $${", dollarsBrace},
	{"indented: $$", oneOf("$$", "$$$$")},
	{"indented: '", oneOf("'a", "' ", "'\n", "a'b", "'\"")},
}

// segment returns a part of a path between slashes.
func segment(r *rand.Rand) string {
	return pick(r, "a", "b", "foo", "nix", "a.b", "x-y", "_", "1", "a+b", "..", ".", "...", "-", "lib.nix", "or", "if")
}

// pathHead returns what can stand before the first slash.
func pathHead(r *rand.Rand) string {
	return pick(r, "", "", ".", ".", "..", "~", "a", "1", "a.b", "-x", "+", "...", "1.5", "if")
}

func (g *generator) literalPath() string {
	s := pathHead(g.Rand) + "/" + segment(g.Rand)
	for g.chance(0.3) {
		s += "/" + segment(g.Rand)
	}
	return s
}

// pathBytes would continue a path.
const pathBytes = "/.-+_$" + "abcdefghijklmnopqrstuvwxyz" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "0123456789"

func (g *generator) path() {
	s := g.literalPath()
	if s[0] == '~' {
		g.chosen["home path"] = true
	}
	g.tok(s)
}

func (g *generator) interpolatedPath() {
	start := pathHead(g.Rand) + "/"
	if g.chance(0.5) {
		start = g.literalPath() + pick(g.Rand, "", "/", "-")
	}
	g.tok(start + "${")
	g.expr()
	g.tok("}")
	for g.chance(0.5) {
		switch {
		case !g.full() && g.chance(0.4):
			g.raw(pick(g.Rand, "", "/", "-", "//", "/a/", "a"))
			g.interpolation()
		case g.chance(0.2):
			g.raw("/" + segment(g.Rand) + "//" + segment(g.Rand))
		default:
			g.raw(pick(g.Rand, "", "/", "/a/", ".d/") + segment(g.Rand))
		}
	}
	g.raw("")
	g.forbid = pathBytes
}

func (g *generator) searchPath() {
	s := "<" + segment(g.Rand)
	for g.chance(0.4) {
		s += "/" + segment(g.Rand)
	}
	g.tok(s + ">")
}

func (g *generator) uri() {
	scheme := pick(g.Rand, "http", "https", "x", "a+b", "git-x.y", "Z9", "or", "let")
	rest := pick(g.Rand, "x", "//nixos.org/a?b=c&d=%20", "a.b", "/etc", "?", "1", "~x", "a,b", "'", "!*$+@-_=:")
	g.tok(scheme + ":" + rest)
}
