//go:build !reflective

package lang

// This file says that the compiled grammar is in use; reflective.go is the
// other form of it.

const reflective = false

func (p *parser) parseReflective() Expr { return nil }

func (p *parser) operand() operandExpr { return operandExpr{node: p.parseOperandExpr()} }

func (p *parser) parseAttr(a *attr) { a.parse(p) }
