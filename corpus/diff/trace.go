package diff

// This file defines how values and traces of errors compare.

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/ansi"
)

// CompareValues returns the verdict on two results of evaluating the same
// program.
func CompareValues(program string, reference, firn Result) Verdict {
	v := Compare(reference, firn)
	switch {
	case v == TreeDiffers && strings.Contains(program, "removeAttrs") && sameButRepeated(reference.Tree, firn.Tree):
		return Same
	case v == FirstMessage && !limits[firn.Messages[0].Text] && reference.Trace != "" && firn.Trace != "" && reference.Trace != firn.Trace:
		return TraceDiffers
	}
	return v
}

// limits are messages whose traces are not compared. An argument that firn
// evaluates before the call is not inside it, so that more calls fit; and what
// fits into the memory differs anyway.
var limits = map[string]bool{"stack overflow; max-call-depth exceeded": true, "out of memory": true}

// sameButRepeated reports whether two printed values are the same, except that
// one calls something repeated that the other prints. It is asked where
// removeAttrs occurs: if there is nothing to remove, firn returns the set
// itself, and the reference a copy.
func sameButRepeated(a, b string) bool {
	const repeated = "«repeated»"
	for {
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		if i == len(a) && i == len(b) {
			return true
		}
		if strings.HasPrefix(a[i:], repeated) {
			a, b = b, a
		}
		end := groupEnd(a[i:])
		if !strings.HasPrefix(b[i:], repeated) || end < 0 {
			return false
		}
		a, b = a[i+end:], b[i+len(repeated):]
	}
}

// groupEnd returns where the printed set or list that s starts with ends; -1 if
// it starts with something else.
func groupEnd(s string) int {
	if s == "" || s[0] != '{' && s[0] != '[' {
		return -1
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
			if depth == 0 {
				return i + 1
			}
		case '"':
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
		}
	}
	return -1
}

var (
	errorOutermost = regexp.MustCompile(`(?m)^error:`)
	frameStart     = regexp.MustCompile(`(?m)^       (?:… |error:(?: |$))`)
	excerpt        = regexp.MustCompile(`(?m)^ +\d*\|(?: .*)?\n?`)
	tracePlace     = regexp.MustCompile(`(?m)((?:^ +| located )at )(.*):(\d+):(\d+):?$`)
	lastWords      = regexp.MustCompile(`(?m)^ *Try '.*' for more information\.$`)
	blankLines     = regexp.MustCompile(`\n\n+`)
	blanks         = regexp.MustCompile(`[ \t]+`)
)

// frames returns the frames of the last error that was printed; the last one is
// the message and its place. Columns count from offset, in files that
// inProgram says are the program.
func frames(stderr string, offset int, inProgram func(file string) bool) []string {
	starts := errorOutermost.FindAllStringIndex(stderr, -1)
	if starts == nil {
		return nil
	}
	text := excerpt.ReplaceAllString(stderr[starts[len(starts)-1][0]:], "")
	text = tracePlace.ReplaceAllStringFunc(text, func(s string) string {
		m := tracePlace.FindStringSubmatch(s)
		if !inProgram(m[2]) {
			return s
		}
		column, _ := strconv.Atoi(m[4])
		return fmt.Sprintf("%s%d", m[1], column-offset)
	})
	text = lastWords.ReplaceAllString(text, "")
	text = strings.TrimSpace(blankLines.ReplaceAllString(text, "\n"))
	text = functionPlace.ReplaceAllString(text, "${1}…»")
	parts := frameStart.Split(text, -1)
	last := &parts[len(parts)-1]
	if i := strings.Index(*last, "while parsing TOML: [error] "); i >= 0 {
		*last = (*last)[:i] // see normalMessage
	}
	for i := range parts {
		// The columns of tabs are counted from the start of all.
		parts[i] = strings.ReplaceAll(blanks.ReplaceAllString(parts[i], " "), cannotBuild, cannotBuildSetting)
	}
	return parts
}

// joinFrames returns frames as one text. The first is what was before them all.
func joinFrames(frames []string) string {
	if len(frames) == 1 {
		return strings.TrimPrefix(frames[0], "error: ")
	}
	return strings.Join(frames[1:], "… ")
}

const onString = "«string»"

func firnTrace(rendered string) string {
	return joinFrames(frames(ansi.Plain(rendered), 0, func(file string) bool { return file == onString }))
}

// replTrace returns the trace of an error in the loop, without the frames of
// the function that forces it.
func replTrace(stderr string) string {
	all := frames(stderr, 0, func(string) bool { return false })
	offset, inProgram := 1, func(file string) bool { return strings.Contains(file, "/programs") }
	skip := 0
	if len(all) > 3 && strings.HasPrefix(all[1], "from call site") {
		switch {
		case strings.HasPrefix(all[2], "while calling 'S'"):
			offset, inProgram = len("S ("), func(file string) bool { return file == onString }
			skip = 3
		case strings.HasPrefix(all[2], "while calling 'N'"):
			skip = 3
			if len(all) > 4 && strings.HasPrefix(all[4], "while calling the 'elemAt' builtin") && strings.Contains(all[4], onString) {
				skip = 4
			}
		}
	}
	if skip == 0 {
		return "" // not in the function
	}
	all = frames(stderr, offset, inProgram)
	return joinFrames(all[skip:])
}

// instantiateTrace returns the trace of an error in a program that has before
// bytes before it.
func instantiateTrace(stderr string, before int) string {
	inProgram := func(file string) bool { return file == onString }
	all := frames(stderr, before, inProgram)
	if before > 0 && len(all) > 1 && strings.Contains(all[1], fmt.Sprintf("at %d", 1-before)) {
		all = all[1:]
	}
	return joinFrames(all)
}
