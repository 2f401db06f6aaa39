package main

// This file defines completion in shells. The scripts ask the program itself,
// so that they need not change when it does.

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/instantiate"
	"github.com/firn-lang/firn/cmd/firn/internal/measure"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/manual"
	"github.com/firn-lang/firn/eval/report"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: ${enum}."`
}

// Help shows examples.
func (completionCmd) Help() string {
	return `Examples:
  source <(firn completion bash)                                     in ~/.bashrc
  source <(firn completion zsh)                                      in ~/.zshrc
  firn completion fish >~/.config/fish/completions/firn.fish         once`
}

// Run prints the script.
func (c completionCmd) Run(s *streams) error {
	_, err := fmt.Fprint(s.out, completionScripts[c.Shell])
	return err
}

// completionScripts ask "firn __complete SHELL WORDS…", which answers with a line
// for each candidate, a tab in front of what it is for. Without any, the shell
// completes names of files, unless the status is 1. In place of words, bash has the line,
// since its words are split at = and :.
var completionScripts = map[string]string{
	"bash": `_firn() {
    local word rest answer
    COMPREPLY=()
    answer=$("${COMP_WORDS[0]}" __complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null) ||
        compopt +o default +o bashdefault 2>/dev/null
    while IFS=$'\t' read -r word rest; do
        [[ -z $word ]] || COMPREPLY+=("$word")
    done <<<"$answer"
}
complete -o bashdefault -o default -F _firn firn
`,
	"zsh": `#compdef firn
_firn() {
    local line word help answer
    local -a candidates
    local -i closed
    answer=$("${words[1]}" __complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    closed=$?
    for line in "${(@f)answer}"; do
        [[ -n $line ]] || continue
        word=${${line%%$'\t'*}//:/\\:}
        help=${line#*$'\t'}
        candidates+=("$word${help:+:$help}")
    done
    if (( $#candidates )); then
        _describe firn candidates
    elif (( ! closed )); then
        _files
    fi
}
compdef _firn firn
`,
	"fish": `function __firn_complete
    set -l words (commandline -opc)
    set -l candidates ($words[1] __complete fish $words[2..] (commandline -ct) 2>/dev/null)
    set -l closed $status
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else if test $closed -eq 0
        __fish_complete_path (commandline -ct)
    end
end
complete -c firn -f -a '(__firn_complete)'
`,
}

type completeCmd struct {
	Words []string `arg:"" optional:"" help:"The shell, and the words up to the one that is to be completed."`
}

// Run prints the candidates.
func (c completeCmd) Run(s *streams, ctx *kong.Context) error {
	if len(c.Words) < 2 {
		return nil
	}
	line := typedLine{words: c.Words[1:]}
	if c.Words[0] == "bash" {
		line = splitLine(c.Words[1])
		if line.words = line.words[1:]; len(line.words) == 0 {
			return nil
		}
	}
	candidates, files := s.complete(ctx.Model.Node, line.words)
	if len(candidates) == 0 && !files {
		return errFailed
	}
	out := bufio.NewWriter(s.out)
	for _, one := range candidates {
		fmt.Fprintf(out, "%s\t%s\n", one.word[min(line.tail, len(one.word)):], one.help)
	}
	return out.Flush()
}

// A candidate is what a word can become, and what that is for.
type candidate struct{ word, help string }

// complete returns what the last of the words can become. If that is nothing, files
// reports whether it may be the name of a file.
func (s *streams) complete(root *kong.Node, words []string) (out []candidate, files bool) {
	prefix := ""
	last := words[len(words)-1]
	at := linePlace{node: root, given: map[string][]string{}}
	for _, word := range words[:len(words)-1] {
		at.pass(word)
	}
	switch name, value, ok := strings.Cut(last, "="); {
	case at.values > 0:
		out = s.flagValues(&at, at.flag, last)
		files = !hasValues(at.flag)
	case ok && strings.HasPrefix(last, "--"):
		if flag := findFlag(at.node, name); flag != nil {
			out = s.flagValues(&at, flag, value)
			files = !hasValues(flag)
		}
		prefix, last = name+"=", value
	case strings.HasPrefix(last, "-") && !at.plain:
		out = at.flagNames()
	default:
		out = s.operandValues(&at, last)
		files = !at.hasOperands()
	}
	out = slices.DeleteFunc(out, func(c candidate) bool { return !strings.HasPrefix(c.word, last) })
	for i := range out {
		out[i].word = prefix + out[i].word
		out[i].help, _, _ = strings.Cut(out[i].help, "\n")
	}
	return out, files
}

// hasValues reports whether flagValues knows all values of a flag.
func hasValues(flag *kong.Flag) bool {
	switch flag.Name {
	case "attr", "to", "stats", "option":
		return true
	}
	return flag.Enum != ""
}

// A linePlace is what is known at a word of a command line.
type linePlace struct {
	node     *kong.Node
	flag     *kong.Flag          // that values belong to
	values   int                 // words that flag still takes
	operands []string            // of node, before it
	given    map[string][]string // values of flags before it, by their long names
	plain    bool                // there was a --
}

// pass goes on behind a word.
func (p *linePlace) pass(word string) {
	switch {
	case p.values > 0:
		p.values--
		p.given[p.flag.Name] = append(p.given[p.flag.Name], word)
	case p.plain:
		p.operands = append(p.operands, word)
	case word == "--":
		p.plain = true
	case strings.HasPrefix(word, "-") && word != "-":
		if name, value, ok := strings.Cut(word, "="); ok {
			name = strings.TrimLeft(name, "-")
			p.given[name] = append(p.given[name], value)
			return
		}
		if flag := findFlag(p.node, word); flag != nil && !flag.IsBool() && !flag.IsCounter() {
			p.flag, p.values = flag, flagWords(flag)
		}
	default:
		for _, child := range p.node.Children {
			if child.Name == word {
				*p = linePlace{node: child, given: map[string][]string{}}
				return
			}
		}
		p.operands = append(p.operands, word)
	}
}

// flagWords returns how many words a flag takes.
func flagWords(flag *kong.Flag) int {
	if pairFlags[flag.Name] {
		return 2
	}
	return 1
}

func findFlag(node *kong.Node, word string) *kong.Flag {
	for _, group := range node.AllFlags(false) {
		for _, flag := range group {
			if word == "--"+flag.Name || flag.Tag.Negatable != "" && word == "--no-"+flag.Name || flag.Short != 0 && word == "-"+string(flag.Short) {
				return flag
			}
		}
	}
	return nil
}

func flagNames(node *kong.Node) []candidate {
	var out []candidate
	for _, group := range node.AllFlags(true) {
		for _, flag := range group {
			out = append(out, candidate{"--" + flag.Name, flag.Help})
			if flag.Tag.Negatable != "" {
				out = append(out, candidate{"--no-" + flag.Name, flag.Help})
			}
		}
	}
	slices.SortFunc(out, func(a, b candidate) int { return strings.Compare(a.word, b.word) })
	return out
}

// flagValues returns what the values of a flag can be.
func (s *streams) flagValues(at *linePlace, flag *kong.Flag, prefix string) []candidate {
	var out []candidate
	switch flag.Name {
	case "attr":
		return s.completeAttrs(at, prefix)
	case "to":
		for _, form := range format.Forms() {
			out = append(out, candidate{string(form), ""})
		}
	case "stats":
		out = []candidate{{string(measure.Table), ""}, {string(measure.JSON), ""}}
	case "option":
		if at.values != 1 { // the value of the setting
			out = settingNames("")
		}
	}
	if flag.Enum != "" {
		for _, value := range flag.EnumSlice() {
			if value != "" {
				out = append(out, candidate{value, ""})
			}
		}
	}
	return out
}

// flagNames returns the flags of the command; settings, which are flags of firn eval as
// well, among them.
func (p *linePlace) flagNames() []candidate {
	out := flagNames(p.node)
	switch p.node.Name {
	case "instantiate":
		out = nil
		for _, f := range instantiate.Flags() {
			out = append(out, candidate{f.Name, f.Help})
		}
	case "eval":
		for _, c := range settingNames("--") {
			if findFlag(p.node, c.word) == nil {
				out = append(out, c)
			}
		}
	}
	return out
}

// settingNames returns the settings that have an effect, each with a prefix.
func settingNames(prefix string) []candidate {
	var out []candidate
	for _, setting := range settings.All() {
		if setting.Effect == settings.Used {
			out = append(out, candidate{prefix + setting.Name, "a setting of Nix"})
		}
	}
	return out
}

// ofFile reports whether operands at p are attribute paths of the file that --file names.
func (p *linePlace) ofFile() bool {
	return len(p.given["file"])+len(p.given["f"]) > 0 && (p.node.Name == "eval" || p.node.Name == "doc")
}

// hasOperands reports whether operandValues knows all that can stand at p.
func (p *linePlace) hasOperands() bool {
	switch p.node.Name {
	case "help", "doc", "explain":
		return true
	}
	n := len(p.operands)
	return len(p.node.Children) > 0 || p.ofFile() || n < len(p.node.Positional) && p.node.Positional[n].Enum != ""
}

// operandValues returns what can stand at p, if that is not a flag.
func (s *streams) operandValues(p *linePlace, prefix string) []candidate {
	var out []candidate
	for _, child := range p.node.Children {
		if !child.Hidden {
			out = append(out, candidate{child.Name, child.Help})
		}
	}
	switch rest, isLib := strings.CutPrefix(prefix, "lib."); {
	case p.node.Name == "help":
		return s.operandValues(&linePlace{node: p.node.Parent}, prefix)
	case p.ofFile():
		p.operands = nil
		return s.completeAttrs(p, prefix)
	case p.node.Name == "doc" && isLib:
		p.given["file"], p.operands = []string{"<nixpkgs/lib>"}, nil
		for _, c := range s.completeAttrs(p, rest) {
			out = append(out, candidate{"lib." + c.word, c.help})
		}
		return out
	case p.node.Name == "doc":
		for _, e := range manual.Entries() {
			name := e.Name
			if strings.HasPrefix(prefix, "builtins.") {
				name = "builtins." + strings.TrimPrefix(name, "builtins.")
			}
			out = append(out, candidate{name, e.Summary})
		}
		return out
	case p.node.Name == "explain":
		for _, code := range report.Codes() {
			out = append(out, candidate{code.Name, code.Title})
		}
		return out
	}
	if n := len(p.operands); n < len(p.node.Positional) && p.node.Positional[n].Enum != "" {
		for _, value := range p.node.Positional[n].EnumSlice() {
			out = append(out, candidate{value, ""})
		}
	}
	return out
}
