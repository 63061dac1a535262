import { formatMoney } from '@mispriced/core';
import type { HttpResponse } from '@mispriced/loopback-server';
import type { Market } from '../market.ts';
import type { Note } from '../note.ts';

/** `GET /accounts/{id}/notes`: what the account bought, each loan still in funding. */
export function answerNotes(market: Market): HttpResponse {
  return notesAnswer(market, (note) => ({ ...commonFields(market, note), grade: note.loan.grade }));
}

/** `GET /accounts/{id}/detailednotes`: the same with what was earned, which is nothing yet. */
export function answerDetailedNotes(market: Market): HttpResponse {
  return notesAnswer(market, (note) => ({
    ...commonFields(market, note),
    grade: note.loan.subGrade,
    purpose: note.loan.purpose,
    currentPaymentStatus: null,
    canBeTraded: false,
    creditTrend: 'FLAT',
    accruedInterest: 0,
    principalPending: 0,
    interestPending: 0,
    principalReceived: 0,
    interestReceived: 0,
    nextPaymentDate: null,
    applicationType: null,
  }));
}

function notesAnswer(market: Market, view: (note: Note) => object): HttpResponse {
  const myNotes = market.store.read().notes.map(view);
  return { status: 200, body: market.omitEmptyLists && myNotes.length === 0 ? {} : { myNotes } };
}

function commonFields(market: Market, note: Note): object {
  const { loan, portfolioId } = note;
  const portfolio = market.portfolios.find((known) => known.portfolioId === portfolioId);
  return {
    loanId: note.loanId,
    noteId: note.noteId,
    orderId: note.orderInstructId,
    interestRate: loan.interestRate,
    loanLength: loan.loanLength,
    loanStatus: 'In Funding',
    loanAmount: loan.loanAmount,
    noteAmount: Number(formatMoney(note.invested)),
    paymentsReceived: 0,
    issueDate: null,
    orderDate: note.orderDate,
    loanStatusDate: note.orderDate,
    portfolioId,
    portfolioName: portfolio?.portfolioName ?? null,
  };
}
