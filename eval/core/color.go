package core

// This file defines colours in messages, those of the reference.

import (
	"fmt"
	"strings"

	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/pattern"
)

// color returns text in a colour, if there are to be any.
func (r *renderer) color(color, text string) string {
	if !r.opt.Color {
		return text
	}
	// The reference leaves what follows a blue text blue.
	if color == ansi.Blue {
		return color + text
	}
	return ansi.Paint(color, text)
}

// message returns the message of e.
func (r *renderer) message(e *Error) string {
	switch {
	case !r.opt.Color:
		return e.Msg
	case e.Kind == ErrThrow && e.format == "%s":
		return e.Msg
	case len(e.args) > 0 && e.format != "%s":
		return colorText(e.format, e.args)
	case strings.HasPrefix(e.Msg, "[json.exception"):
		return ansi.Paint(ansi.Magenta, e.Msg) // what a library said
	case strings.HasPrefix(e.Msg, tomlLabel):
		text := strings.TrimSuffix(e.Msg[len(tomlLabel):], "\n")
		if strings.HasPrefix(text, "[error]") { // a library's, which ends in a line of its own
			text += "\n"
		}
		return tomlLabel + ansi.Paint(ansi.Magenta, text)
	case e.format == "%s", e.Kind == ErrUndefined, e.Kind == ErrHost:
		if m := quoted.FindStringSubmatchIndex(e.Msg); m != nil {
			return e.Msg[:m[2]] + ansi.Paint(ansi.Magenta, e.Msg[m[2]:m[3]]) + e.Msg[m[3]:]
		}
	case e.Kind == ErrParse:
		if m := definedTwice.FindStringSubmatch(e.Msg); m != nil {
			return fmt.Sprintf("%s'%s' already defined at %s", m[1], ansi.Paint(ansi.Magenta, m[2]), ansi.Paint(ansi.Magenta, m[3]))
		}
	}
	return e.Msg
}

const tomlLabel = "while parsing TOML: "

var (
	quoted       = pattern.New(`'([^']*)'`)
	definedTwice = pattern.New(`^(.*attribute )'(.*)' already defined at (.*)$`)
)

// colorText returns a formatted text with its arguments in colours.
func colorText(format string, args []any) string {
	if len(args) == 0 || format == "%s" {
		return Frame{format: format, args: args}.Text()
	}
	colored := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case Plain, Wanted:
			colored[i] = arg
		case Shown:
			colored[i] = colorValue(string(arg))
		default:
			colored[i] = ansi.Paint(ansi.Magenta, fmt.Sprint(arg))
		}
	}
	return fmt.Sprintf(verbs.ReplaceAllString(format, "%s"), colored...)
}

var verbs = pattern.New(`%[dv]`)

// shownParts are the parts of a printed value that have a colour. An attribute's
// name has none.
var shownParts = pattern.New(`"(?:[^"\\]|\\.)*"(?: =)?|«[0-9]+ \w+ elided»|«lambda[^«»]*(?:«[^»]*»[^»]*)?»|«[^»]*»|(?:^|[ \[])(?:-?[0-9][^ ;]*|/[^ ;]*|true|false|null)`)

// colorValue returns a printed value in colours.
func colorValue(text string) string {
	return shownParts.ReplaceAllStringFunc(text, func(part string) string {
		switch first := strings.TrimLeft(part, " ["); {
		case strings.HasSuffix(part, `" =`):
			return part
		case strings.HasSuffix(part, "elided»"):
			return ansi.Paint(ansi.Faint, part)
		case strings.HasPrefix(part, "«potential"):
			return ansi.Paint(ansi.Red, part)
		case strings.HasPrefix(part, "«lambda"), strings.HasPrefix(part, "«primop"), strings.HasPrefix(part, "«partially"):
			return ansi.Paint(ansi.Blue, part)
		case part[0] == '"', strings.HasPrefix(part, "«"):
			return ansi.Paint(ansi.Magenta, part)
		case strings.HasPrefix(first, "/"):
			return part[:len(part)-len(first)] + ansi.Paint(ansi.Green, first)
		default:
			return part[:len(part)-len(first)] + ansi.Paint(ansi.Cyan, first)
		}
	})
}

// ColoredMsg returns Msg in the colours of the reference.
func (e *Error) ColoredMsg() string {
	r := renderer{opt: RenderOptions{Color: true}}
	return r.message(e)
}

// ColoredText returns Text in the colours of the reference.
func (f Frame) ColoredText() string { return colorText(f.format, f.args) }
